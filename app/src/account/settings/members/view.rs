//! The page: who is here, who was invited, and inviting.

use shared::api::{InvitationSent, InvitationState, Member, Role};
use shared::calendar::Timestamp;

use super::invite_view::invite;
use super::model::{Members, Msg};
use crate::account::route::Route;
use crate::account::settings::tabs::under_tabs;
use crate::element::{Element, Sink, el};
use crate::format::{date, date_time};
use crate::frame::roles::role;
use crate::i18n::Lang;
use crate::page::parts::{button, draw_key, loaded, said, state, titled};
use crate::page::{Context, Shown};

impl Shown for Members {
    fn view(&self, context: &Context, to: &Sink<Msg>) -> Element {
        let lang = context.lang;
        let content = if self.may_see() {
            loaded(&self.members, lang, |members| page(self, members, context, to))
        } else {
            let why = lang.pick(
                "您的角色不能查看成员。需要邀请同事时，请联系本组织的管理员。",
                "Your role does not see the members. Ask your organisation's administrator to invite somebody.",
            );
            el("p").class("notice").with(why)
        };
        under_tabs(&Route::Members, el("div").class("settings").with(content), context)
    }

    fn title(&self, lang: Lang) -> String {
        titled(lang.pick("成员", "Members"))
    }
}

fn page(model: &Members, members: &[Member], context: &Context, to: &Sink<Msg>) -> Element {
    let lang = context.lang;
    let own = context.who.as_ref().map(|who| who.id.as_str());
    let count = match members.len() {
        1 => lang.pick("1 位成员".to_owned(), "1 member".to_owned()),
        n => lang.pick(format!("{n} 位成员"), format!("{n} members")),
    };
    let here = el("section")
        .class("settings-part")
        .attr("aria-labelledby", "members-title")
        .with(el("h2").id("members-title").with(count))
        .with(el("ul").class("rows").all(members.iter().map(|member| row(member, own, lang))));
    let invite = if model.may_invite() {
        invite(model, lang, to)
    } else {
        let why = match context.role() {
            Some(Role::Auditor) => lang.pick(
                "审计角色只读：可以查看成员和邀请，不能邀请或更改。",
                "An auditor reads only: you see members and invitations, and neither invite nor change anything.",
            ),
            _ => lang.pick("您的角色不能邀请成员。", "Your role does not invite."),
        };
        el("p").class("notice").with(why)
    };
    el("div").with(here).with(invite).maybe(sent(model, context.now, lang, to))
}

fn row(member: &Member, own: Option<&str>, lang: Lang) -> Element {
    let you = (own == Some(member.id.as_str())).then(|| el("span").class("badge").with(lang.pick("您", "You")));
    let main = el("span")
        .class("row-main")
        .with(el("span").class("row-name").with(member.name.clone()).maybe(you))
        .with(el("span").class("row-what").with(member.email.clone()));
    let since = date(member.joined_at, lang);
    let since = lang.pick(format!("{since} 加入"), format!("since {since}"));
    let side = el("span")
        .class("row-side")
        .with(el("span").class("row-left").with(role(member.role, lang)))
        .with(el("span").class("row-what").with(since));
    el("li").with(el("div").class("row is-plain").with(main).with(side))
}

fn sent(model: &Members, now: Timestamp, lang: Lang, to: &Sink<Msg>) -> Option<Element> {
    if model.invitations.is_empty() {
        return None;
    }
    let rows = model.invitations.iter().map(|invitation| one_sent(model, invitation, now, lang, to));
    let title = lang.pick("已发出的邀请", "Invitations");
    let section = el("section")
        .class("settings-part")
        .attr("aria-labelledby", "sent-title")
        .with(el("h2").id("sent-title").with(title))
        .with(el("ul").class("rows").all(rows));
    Some(section)
}

fn one_sent(model: &Members, invitation: &InvitationSent, now: Timestamp, lang: Lang, to: &Sink<Msg>) -> Element {
    let anybody = || lang.pick("任何持有链接的人", "Whoever has the link").to_owned();
    let whom = invitation.email.clone().unwrap_or_else(anybody);
    let what = [role(invitation.role, lang), " · ", &date_time(invitation.made_at, lang)].concat();
    let main = el("span")
        .class("row-main")
        .with(el("span").class("row-name").with(whom.clone()))
        .with(el("span").class("row-what").with(what));
    let (class, words) = standing(invitation, now, lang);
    let good = invitation.state == InvitationState::Open && invitation.expires_at > now;
    let revoke = (good && model.may_invite()).then(|| {
        let id = invitation.id.clone();
        button("link", lang.pick("撤回", "Revoke"), false, to, move || Msg::Ask(Some(id.clone())))
            .attr("aria-label", [lang.pick("撤回邀请：", "Revoke the invitation of "), &whom].concat())
    });
    let asked = (model.asked.as_ref() == Some(&invitation.id)).then(|| asking(model, lang, to));
    el("li")
        .with(el("div").class("row is-plain").with(main.maybe(revoke)).with(state(class, words)))
        .with(el("div").maybe(asked))
}

fn asking(model: &Members, lang: Lang, to: &Sink<Msg>) -> Element {
    let sentence = lang.pick(
        "撤回后，这个链接立即失效，对方不能再用它加入。需要时可以重新邀请。",
        "The link stops working at once: nobody can join with it any more. You can invite again.",
    );
    let keep =
        button("button is-quiet", lang.pick("保留", "Keep it"), false, to, || Msg::Ask(None)).id("keep-invitation");
    let busy = model.revoking.waits();
    let sure = button("button is-danger", lang.pick("确定撤回", "Revoke it"), busy, to, || Msg::Revoke(draw_key()));
    el("div")
        .class("ask")
        .attr("role", "group")
        .attr("aria-label", lang.pick("撤回邀请", "Revoke an invitation"))
        .with(el("p").with(sentence))
        .with(el("div").class("tools").with(keep).with(sure))
        .with(said(&model.revoking, lang.pick("正在撤回…", "Revoking…"), lang))
}

fn standing(invitation: &InvitationSent, now: Timestamp, lang: Lang) -> (&'static str, String) {
    match &invitation.state {
        InvitationState::Taken { name } => {
            ("state is-good", lang.pick(format!("{name} 已加入"), format!("{name} has joined")))
        }
        InvitationState::Open if invitation.expires_at > now => {
            let until = date_time(invitation.expires_at, lang);
            ("state is-waiting", lang.pick(format!("待接受，{until} 失效"), format!("open until {until}")))
        }
        InvitationState::Open => ("state", lang.pick("已失效".to_owned(), "expired".to_owned())),
    }
}

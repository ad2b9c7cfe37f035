//! Inviting makes one link, shown whole; who may not invite is told why.

use shared::api::Role;

use super::{Members, Msg};
use crate::client::Failure;
use crate::element::Sink;
use crate::page::samples::{context, key, refused, request};
use crate::page::{Context, Effect, Page, Request, Shown};

const MEMBERS: &str = r#"{"members":[
    {"id":"m1","name":"王敏","email":"admin@example.com","role":"buyer_admin","joined_at":"2026-11-01T09:00:00+08:00"},
    {"id":"m2","name":"李静","email":"li@example.com","role":"buyer_finance","joined_at":"2026-11-02T09:00:00+08:00"}]}"#;
const SENT: &str = r#"{"invitations":[
    {"id":"i1","role":"buyer_finance","email":"new@example.com","made_at":"2026-11-20T10:00:00+08:00","expires_at":"2026-11-27T10:00:00+08:00","state":{"is":"open"}},
    {"id":"i2","role":"buyer_finance","made_at":"2026-11-10T10:00:00+08:00","expires_at":"2026-11-17T10:00:00+08:00","state":{"is":"open"}},
    {"id":"i3","role":"buyer_admin","made_at":"2026-11-02T08:00:00+08:00","expires_at":"2026-11-09T08:00:00+08:00","state":{"is":"taken","name":"李静"}}]}"#;

fn asked(effects: Vec<Effect<Msg>>) -> Vec<Request<Msg>> {
    let requests = effects.into_iter().filter_map(|effect| match effect {
        Effect::Ask(request) => Some(request),
        _ => None,
    });
    requests.collect()
}

fn open(role: Role) -> (Members, Context) {
    let mut context = context();
    context.who.as_mut().expect("somebody").role = role;
    let mut model = Members::new(Some(role));
    for request in asked(model.begin()) {
        let answer = match request.path.as_str() {
            "/api/members" => MEMBERS,
            "/api/invitations" => SENT,
            other => panic!("{other}"),
        };
        model.update((request.then)(Ok(answer.into())));
    }
    (model, context)
}

fn html((model, context): &(Members, Context)) -> String {
    model.view(context, &Sink::nowhere()).html()
}

fn invite(model: &mut Members, name: &str) -> Vec<Effect<Msg>> {
    model.update(Msg::Invite { origin: "https://market.example".into(), key: key(name) })
}

#[test]
fn members_stand_with_their_roles_and_invitations_with_their_state() {
    let html = html(&open(Role::BuyerAdmin));
    for part in [
        "2 位成员",
        "李静",
        "企业财务",
        ">您</span>",
        "待接受，2026年11月27日 10:00 失效",
        "已失效",
        "李静 已加入",
        "任何持有链接的人",
        "生成邀请链接",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn one_link_is_made_and_shown_whole() {
    let mut page = open(Role::BuyerAdmin);
    page.0.update(Msg::Role(1));
    page.0.update(Msg::Email(" new@example.com ".into()));
    let asked = request(invite(&mut page.0, "a"));
    assert_eq!(asked.path, "/api/invitations");
    assert_eq!(asked.body.as_deref(), Some(r#"{"role":"buyer_finance","email":"new@example.com"}"#));
    assert!(invite(&mut page.0, "b").is_empty(), "a double click");
    let made = r#"{"link":"/invitation/s3cret","expires_at":"2026-11-28T10:00:00+08:00"}"#;
    let effects = page.0.update((asked.then)(Ok(made.into())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Ask(it) if it.path == "/api/invitations")));
    assert!(html(&page).contains(r#"value="https://market.example/invitation/s3cret""#), "{}", html(&page));
    assert!(page.0.email.is_empty());
    let effects = page.0.update(Msg::Copy);
    assert!(
        matches!(effects.as_slice(), [Effect::Copy(link, _)] if link == "https://market.example/invitation/s3cret")
    );
    page.0.update(Msg::Copied(true));
    assert!(html(&page).contains("已复制"));
}

#[test]
fn an_open_invitation_is_revoked_once_after_asking() {
    let mut page = open(Role::BuyerAdmin);
    assert_eq!(html(&page).matches(">撤回</button>").count(), 1, "not what has expired or was taken up");
    assert!(page.0.update(Msg::Revoke(key("a"))).is_empty(), "nothing was asked about");
    let effects = page.0.update(Msg::Ask(Some("i1".into())));
    assert!(matches!(effects.as_slice(), [Effect::Focus("keep-invitation")]));
    assert!(html(&page).contains("这个链接立即失效"));
    let gone = request(page.0.update(Msg::Revoke(key("a"))));
    assert_eq!((gone.path.as_str(), gone.key), ("/api/invitations/sent/i1", Some(key("a"))));
    assert!(page.0.update(Msg::Revoke(key("b"))).is_empty(), "a double click");
    page.0.update((gone.then)(Err(refused(503))));
    assert!(html(&page).contains("不行，请改。"));
    let gone = request(page.0.update(Msg::Revoke(key("c"))));
    let asked = request(page.0.update((gone.then)(Ok(String::new()))));
    assert_eq!(asked.path, "/api/invitations");
    page.0.update((asked.then)(Ok(r#"{"invitations":[]}"#.into())));
    assert!(!html(&page).contains("已发出的邀请"));
    assert!(!html(&open(Role::Auditor)).contains(">撤回</button>"), "who only reads");
}

#[test]
fn no_address_is_none_and_a_wrong_one_is_not_sent() {
    let mut page = open(Role::BuyerAdmin);
    let asked = request(invite(&mut page.0, "a"));
    assert_eq!(asked.body.as_deref(), Some(r#"{"role":"buyer_admin"}"#));
    page.0.update((asked.then)(Err(refused(422))));
    assert!(html(&page).contains("不行，请改。"));
    page.0.update(Msg::Email("nobody".into()));
    assert!(matches!(invite(&mut page.0, "b").as_slice(), [Effect::Focus("invite-email")]));
    assert!(html(&page).contains("邮箱地址不正确"));
}

#[test]
fn only_roles_of_ones_own_kind_are_offered() {
    for (role, offered) in [
        (Role::BuyerAdmin, [Role::BuyerAdmin, Role::BuyerFinance]),
        (Role::IsvOwner, [Role::IsvOwner, Role::IsvSupport]),
        (Role::Operator, [Role::Operator, Role::Auditor]),
    ] {
        assert_eq!(Members::new(Some(role)).roles, offered);
    }
}

#[test]
fn who_may_not_is_told_why() {
    let auditor = html(&open(Role::Auditor));
    assert!(auditor.contains("审计角色只读") && !auditor.contains("生成邀请链接") && auditor.contains("李静"));
    let (mut model, context) = (Members::new(Some(Role::BuyerFinance)), {
        let mut context = context();
        context.who.as_mut().expect("somebody").role = Role::BuyerFinance;
        context
    });
    assert!(model.begin().is_empty(), "what would be refused is not asked");
    assert!(html(&(model, context)).contains("您的角色不能查看成员"));
}

#[test]
fn without_invitations_the_members_are_there_all_the_same() {
    let mut model = Members::new(Some(Role::Operator));
    for request in asked(model.begin()) {
        let answer = if request.path == "/api/members" { Ok(MEMBERS.into()) } else { Err(Failure::Unreachable) };
        model.update((request.then)(answer));
    }
    assert!(html(&(model, context())).contains("2 位成员"));
}

//! Every service with its state and its time left.

use super::{Msg, Services};
use crate::element::Sink;
use crate::page::samples::{context, request};
use crate::page::{Page, Shown};
use crate::trade::samples::service_json;

#[test]
fn services_show_what_they_have_and_how_long_it_lasts() {
    let paid = r#"{"start":"2026-11-21T10:00:00+08:00","end":"2027-11-21T10:00:00+08:00","paid":"208.00","kind":"new","term":"P1Y","gift_days":0,"term_seconds":31536000}"#;
    let active = service_json(
        r#"{"is":"active","since":"2026-11-21T11:00:00+08:00"}"#,
        paid,
        r#","end":"2027-11-21T10:00:00+08:00","opened":"2026-11-21T11:00:00+08:00""#,
    );
    let waits = service_json(
        r#"{"is":"provisioning","since":"2026-11-21T10:00:00+08:00"}"#,
        "",
        r#","trial":{"days":7,"extra":{"is":"offered","days":7}}"#,
    );
    let mut model = Services::new("");
    let html = |model: &Services| model.view(&context(), &Sink::nowhere()).html();
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/services");
    model.update((asked.then)(Ok(format!(r#"{{"services":[{active},{waits}]}}"#))));
    let all = html(&model);
    for part in
        ["标准版 · 用户数 10 人 · 型号 APP+WAP", "剩余 365 天 · 至 2027年11月21日", "试用 7 天，开通后起算", "2 个服务"]
    {
        assert!(all.contains(part), "{part}: {all}");
    }
    let asked = request(model.update(Msg::By("state", "closed".into())));
    assert_eq!(asked.path, "/api/services?state=closed");
    model.update((asked.then)(Ok(r#"{"services":[]}"#.into())));
    assert!(html(&model).contains("没有符合条件的服务"));

    let mut model = Services::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(r#"{"services":[]}"#.into())));
    assert!(html(&model).contains("还没有服务"));
}

//! Services are searched by note too, by those who keep notes.

use shared::api::Role;

use super::{Msg, Services};
use crate::console::samples::context;
use crate::element::Sink;
use crate::page::samples::request;
use crate::page::{Page, Shown};
use crate::trade::samples::service_json;

const WAITING: &str = r#"{"is":"provisioning","since":"2026-11-21T10:00:00+08:00"}"#;

fn html(model: &Services, role: Role) -> String {
    model.view(&context(role), &Sink::nowhere()).html()
}

#[test]
fn services_are_searched_by_id_customer_product_state_and_note() {
    let mut model = Services::new("state=provisioning&note=vip");
    let asked = request(model.begin());
    assert_eq!(asked.path, "/api/services?note=vip&state=provisioning");
    let more = r#","note":"VIP，先开通","customer":{"id":"e1","name":"示例企业"}"#;
    model.update((asked.then)(Ok(format!(
        r#"{{"services":[{},{}]}}"#,
        service_json(WAITING, "", more),
        service_json(WAITING, "", r#","note":"""#)
    ))));
    let shown = html(&model, Role::IsvSupport);
    for part in ["/console/services/o1-1", "示例企业", "VIP，先开通", "开通中", "id=\"note\"", "2 个服务"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!html(&model, Role::Operator).contains("id=\"note\""), "notes are the vendor's own");
    assert_eq!(shown.matches("row-note").count(), 1, "an empty note is none: {shown}");
    let asked = request(model.update(Msg::By("id", "o1".into())));
    assert_eq!(asked.path, "/api/services?id=o1&note=vip&state=provisioning");
}

#[test]
fn without_services_the_page_says_what_belongs_there() {
    let mut model = Services::new("");
    let asked = request(model.begin());
    model.update((asked.then)(Ok(r#"{"services":[]}"#.into())));
    assert!(html(&model, Role::IsvOwner).contains("待开通的服务会出现在这里"));
    assert!(html(&model, Role::Operator).contains("全市场的服务"));
}

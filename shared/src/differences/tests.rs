use super::*;
use crate::money::Fen;

const CONFIG: &str = r#"{"sale_mode":"subscription","day_count":"calendar","change_modes":["co_term"],"price_cap":"1000",
    "term_offers":[{"min_term":"P1Y","discount":"0.9"}],"upgrades":[{"from":"a","to":"b"}],"editions":[
    {"code":"a","name":"标准版","terms":["P1M","P1Y"],"trial_days":7,"price":{"new":{"month":"1","year":"12"},"renew":{"month":"1","year":"12"}},
     "charges":[{"kind":"quantity","key":"q","name":"用户数","unit":"人","max":100,"tiers":[
       {"from":5,"unit":{"new":{"month":"1.5","year":"12"},"renew":{"month":"1.5","year":"12"}}},
       {"from":10,"unit":{"new":{"month":"1","year":"10"},"renew":{"month":"1","year":"10"}}}]},
      {"kind":"option","key":"o","name":"型号","values":[
       {"value":"甲","price":{"new":{"month":"0","year":"0"},"renew":{"month":"0","year":"0"}}},
       {"value":"乙","price":{"new":{"month":"6","year":"60"},"renew":{"month":"6","year":"60"}}}]}]},
    {"code":"b","name":"专业版","terms":["P1Y"],"price":{"new":{"year":"99"},"renew":{"year":"99"}}}]}"#;

fn offer(text: &str) -> Offer {
    Offer::parse(text).expect("a valid configuration")
}

/// What one replaced text changes: pointer and Chinese sentence, `|` between them.
fn check(from: &str, to: &str, expected: &[&str]) {
    assert!(CONFIG.contains(from), "{from}");
    let found = differences(&offer(CONFIG), &offer(&CONFIG.replacen(from, to, 1)));
    let found: Vec<String> = found.iter().map(|change| format!("{}|{}", change.at, change.zh)).collect();
    assert_eq!(found, expected);
}

#[test]
fn each_field_is_said_at_its_place() {
    for (from, to, expected) in [
        (r#""name":"标准版""#, r#""name":"基础版""#, "/editions/0/name|版本名称：标准版 → 基础版"),
        (r#"["P1M","P1Y"]"#, r#"["P1Y","P1M"]"#, "/editions/0/terms|购买时长：1 个月、1 年 → 1 年、1 个月"),
        (r#""trial_days":7,"#, "", "/editions/0/trial_days|试用时长：7 天 → 无"),
        (r#""year":"12"}"#, r#""year":"15"}"#, "/editions/0/price/new/year|基础价（新购，每年）：¥12 → ¥15"),
        (r#""max":100"#, r#""max":200"#, "/editions/0/charges/0/max|“用户数”的数量上限：100 人 → 200 人"),
        (r#""from":10"#, r#""from":12"#, "/editions/0/charges/0/tiers/1/from|“用户数”的阶梯起点：10 人 → 12 人"),
        (
            r#""day_count":"calendar""#,
            r#""day_count":"fixed""#,
            "/day_count|时长计算：自然月 → 固定天数（每月 31 天，每年 365 天）",
        ),
        (r#""price_cap":"1000","#, "", "/price_cap|总价上限：¥1000 → 无"),
        (r#""discount":"0.9""#, r#""discount":"0.85""#, "/term_offers/0/discount|购买优惠（满 1 年）：9 折 → 8.5 折"),
        (r#""discount":"0.9""#, r#""gift_days":30"#, "/term_offers/0/gift_days|购买优惠（满 1 年）：9 折 → 赠 30 天"),
        (r#"{"from":"a","to":"b"}"#, "", "/upgrades|取消升级：标准版 → 专业版"),
        (r#"["co_term"]"#, r#"["co_term","re_term"]"#, "/change_modes|变更方式：补差价 → 补差价、重新起算"),
        (
            r#""value":"乙""#,
            r#""value":"丙""#,
            "/editions/0/charges/1/values/1|“型号”新增选项“丙”：新购每月 ¥6，新购每年 ¥60，续费每月 ¥6，续费每年 ¥60",
        ),
    ] {
        let gone = ["/editions/0/charges/1/values|“型号”取消选项“乙”"];
        let all = [&[expected][..], if to.contains('丙') { &gone } else { &[] }].concat();
        check(from, to, &all);
    }
}

#[test]
fn purchase_and_renewal_prices_that_change_alike_are_said_together() {
    let tier = r#"{"new":{"month":"1","year":"10"},"renew":{"month":"1","year":"10"}}"#;
    check(
        tier,
        &tier.replace("10", "9"),
        &["/editions/0/charges/0/tiers/1/unit/new/year|“用户数”10–100 人（新购和续费，每年）：¥10 → ¥9"],
    );
}

#[test]
fn editions_are_known_by_their_codes() {
    let (a, b) = CONFIG.split_once("\"editions\":[").expect("editions").1.split_once("]}]},").expect("two editions");
    let b = b.strip_suffix("]}").expect("the end");
    let turned = CONFIG.replacen(&format!("{a}]}}]}},{b}"), &format!("{},{a}]}}]}}", b.trim()), 1);
    let found = differences(&offer(CONFIG), &offer(&turned));
    let said: Vec<&str> = found.iter().map(|change| change.zh.as_str()).collect();
    // The rule's indexes point elsewhere now, which is no difference of the rule.
    assert_eq!(said, ["展示顺序：第 2 位 → 第 1 位"]);
    let without = CONFIG.replacen(&format!("{a}]}}]}},"), "", 1).replacen(r#"{"from":"a","to":"b"}"#, "", 1);
    let found = differences(&offer(CONFIG), &offer(&without));
    let gone = found.iter().find(|change| change.at == "/editions").expect("one is gone");
    assert_eq!(gone.edition.as_ref().map(|edition| edition.name.as_str()), Some("标准版"));
}

#[test]
fn typical_selections_are_those_at_the_borders_the_largest_change_first() {
    let before = offer(CONFIG);
    let after = offer(&CONFIG.replacen(r#""year":"10"}"#, r#""year":"20"}"#, 1));
    let all = typical(&before, &after, 100);
    // For each of the two terms: 5, 9, 10 and 100 people, and the other value; the other edition for its year.
    assert_eq!((all.looked_at, all.left_out, all.changed), (11, 0, 2));
    let first = &all.rows[0];
    assert_eq!(
        (first.selection.quantities["q"], first.old, first.new),
        (10, Some(Fen::new(10_080)), Some(Fen::new(19_080)))
    );
    let second = &all.rows[1];
    assert_eq!(
        (second.selection.quantities["q"], second.old, second.new),
        (100, Some(Fen::new(91_080)), Some(Fen::new(100_000)))
    );
    let few = typical(&before, &after, 3);
    assert_eq!((few.rows.len(), few.looked_at, few.left_out), (3, 11, 8));
}

#[test]
fn what_cannot_be_had_any_more_comes_first_and_what_is_new_after_what_changed() {
    let before = offer(CONFIG);
    let after = offer(&CONFIG.replacen(r#"["P1M","P1Y"]"#, r#"["P1Y","P2Y"]"#, 1).replacen(
        r#""year":"99""#,
        r#""year":"98""#,
        1,
    ));
    let rows = typical(&before, &after, 100).rows;
    let classes: Vec<(bool, bool)> = rows.iter().map(|row| (row.old.is_some(), row.new.is_some())).collect();
    assert_eq!(classes[0], (true, false));
    assert_eq!((rows[5].old, rows[5].new), (Some(Fen::new(8_910)), Some(Fen::new(8_820))));
    assert_eq!(classes[6], (false, true));
}

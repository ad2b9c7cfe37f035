use proptest::prelude::*;
use shared::catalog::Offer;

use super::*;

const DEMO: [&str; 6] = [
    include_str!("../../../../server/demo/data-analytics-2.json"),
    include_str!("../../../../server/demo/data-analytics-1.json"),
    include_str!("../../../../server/demo/team-approval.json"),
    include_str!("../../../../server/demo/customer-care.json"),
    include_str!("../../../../server/demo/document-migration.json"),
    include_str!("../../../../server/demo/meeting-notes.json"),
];

fn offer(file: &str) -> Offer {
    let file: serde_json::Value = serde_json::from_str(file).expect("JSON");
    Offer::parse(&file["config"].to_string()).expect("valid")
}

fn demo() -> Form {
    Form::read(&offer(DEMO[0]), Vec::new())
}

#[test]
fn a_form_stands_for_the_configuration_that_it_was_read_from() {
    for file in DEMO {
        let offer = offer(file);
        let form = Form::read(&offer, Vec::new());
        assert_eq!(Offer::parse(&form.config()).expect("valid"), offer);
        let kept: Form = serde_json::from_str(&serde_json::to_string(&form).expect("JSON")).expect("a form");
        assert_eq!(kept, form);
    }
}

#[test]
fn the_seeds_second_example_is_built_from_nothing() {
    let mut form = Form::first();
    let price = |form: &mut Form, at, month: &str, year: &str| {
        form.write(Field::Price(at, Cell::NewMonth), month.into());
        form.write(Field::Price(at, Cell::NewYear), year.into());
    };
    for term in ["P1M", "P2M"] {
        form.act(Act::Sell(0, term.parse().expect("a term"), true));
    }
    price(&mut form, PriceAt::Edition(0), "1", "１２");
    form.act(Act::AddModule(true, 0));
    for (field, text) in
        [(Field::ModuleName(0), "用户数"), (Field::ModuleKey(0), "yonghushu"), (Field::ModuleUnit(0), "人")]
    {
        form.write(field, text.into());
    }
    form.write(Field::From(0, 0, 0), "5".into());
    price(&mut form, PriceAt::Tier(0, 0, 0), "1", "12");
    form.act(Act::AddTier(0, 0));
    form.write(Field::From(0, 0, 1), "10".into());
    price(&mut form, PriceAt::Tier(0, 0, 1), "1", "10");
    for (module, name, key, values) in [
        (1, "型号", "xinghao", [("APP+WAP", "2", "24"), ("APP+WAP+微信", "5", "60")]),
        (2, "区域", "quyu", [("北京", "3", "36"), ("上海", "3", "36")]),
    ] {
        form.act(Act::AddModule(false, 0));
        form.write(Field::ModuleName(module), name.into());
        form.write(Field::ModuleKey(module), key.into());
        form.act(Act::AddValue(0, module));
        for (place, (value, month, year)) in values.into_iter().enumerate() {
            form.write(Field::Value(0, module, place), value.into());
            price(&mut form, PriceAt::Value(0, module, place), month, year);
        }
    }
    form.write(Field::Trial(0), "7".into());
    let offer = offer(DEMO[0]);
    let built = Offer::parse(&form.config()).expect("valid");
    assert_eq!(built.editions[0], offer.editions[0]);
}

#[test]
fn what_is_wrong_is_complained_about_at_its_place() {
    let mut form = demo();
    form.write(Field::From(0, 0, 1), "十".into());
    form.write(Field::Price(PriceAt::Edition(0), Cell::NewYear), "1.234".into());
    form.write(Field::Trial(0), "x".into());
    let violations = Offer::parse(&form.config()).expect_err("invalid");
    let at: Vec<&str> = violations.iter().map(|violation| violation.at.as_str()).collect();
    for place in ["/editions/0/charges/0/tiers/1/from", "/editions/0/price/new/year", "/editions/0/trial_days"] {
        assert!(at.contains(&place), "{place} {at:?}");
    }
}

#[test]
fn a_duplicated_edition_is_the_same_but_for_code_name_and_ids() {
    let mut form = demo();
    form.act(Act::DuplicateEdition(0));
    let (one, two) = (&form.editions[0], &form.editions[1]);
    assert_eq!((one.code.as_str(), two.code.as_str(), two.name.as_str()), ("standard", "standard-2", ""));
    form.write(Field::Name(1), "专业版".into());
    let offer = Offer::parse(&form.config()).expect("valid");
    assert_eq!(
        (&offer.editions[0].charges, &offer.editions[0].price),
        (&offer.editions[1].charges, &offer.editions[1].price)
    );
    let mut ids: Vec<Id> = Vec::new();
    for edition in &form.editions {
        for charge in &edition.charges {
            ids.extend(charge.tiers.iter().map(|tier| tier.id).chain(charge.values.iter().map(|value| value.id)));
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn terms_stand_by_length_and_charges_where_the_product_has_them() {
    let mut form = demo();
    form.act(Act::Sell(0, "P6M".parse().expect("a term"), true));
    let terms: Vec<&str> = form.editions[0].terms.iter().map(|term| term.as_str()).collect();
    assert_eq!(terms, ["P1M", "P2M", "P6M", "P1Y"]);
    form.act(Act::MoveModule(2, 0));
    let keys = |form: &Form| -> Vec<String> {
        let offer = Offer::parse(&form.config()).expect("valid");
        offer.editions[0].charges.iter().map(|charge| charge.key.clone()).collect()
    };
    assert_eq!(keys(&form), ["quyu", "yonghushu", "xinghao"]);
    form.act(Act::Tick(0, 1, false));
    assert_eq!(keys(&form), ["quyu", "xinghao"]);
}

#[test]
fn two_people_lose_nothing() {
    let base = demo();
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    mine.write(Field::Price(PriceAt::Edition(0), Cell::NewYear), "15".into());
    mine.act(Act::AddEdition);
    mine.write(Field::Name(3), "我的版".into());
    mine.act(Act::Upgrade(mine.editions[0].id, mine.editions[3].id, true));
    mine.act(Act::Sell(0, "P3Y".parse().expect("a term"), true));
    theirs.write(Field::Trial(0), "14".into());
    theirs.act(Act::AddEdition);
    theirs.write(Field::Name(3), "对方版".into());
    theirs.act(Act::Sell(0, "P2M".parse().expect("a term"), false));
    theirs.act(Act::RemoveEdition(1));

    let (merged, conflicts) = merge(&base, &mine, &theirs);
    assert_eq!(conflicts, []);
    let names: Vec<&str> = merged.editions.iter().map(|edition| edition.name.as_str()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(names.contains(&"我的版") && names.contains(&"对方版") && !names.contains(&base.editions[1].name.as_str()));
    let first = &merged.editions[0];
    assert_eq!((first.price.new_year.as_str(), first.trial_days.as_str()), ("15", "14"));
    let terms: Vec<&str> = first.terms.iter().map(|term| term.as_str()).collect();
    assert_eq!(terms, ["P1M", "P1Y", "P3Y"]);
    let mine_there = merged.editions.iter().find(|edition| edition.name == "我的版").expect("kept").id;
    assert!(merged.upgrades.contains(&(first.id, mine_there)));
}

#[test]
fn where_both_wrote_both_are_told_apart() {
    let base = demo();
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    let field = Field::Price(PriceAt::Tier(0, 0, 0), Cell::NewYear);
    mine.write(field, "11".into());
    theirs.write(field, "13".into());
    let (merged, conflicts) = merge(&base, &mine, &theirs);
    assert_eq!(merged, mine);
    let [conflict] = conflicts.as_slice() else { panic!("{conflicts:?}") };
    assert_eq!((&conflict.mine, &conflict.theirs), (&"11".into(), &"13".into()));
    assert_eq!(conflict.take_theirs(&merged), theirs);
}

/// Something that somebody might do.
fn any_act() -> impl Strategy<Value = Act> {
    let place = 0..4_usize;
    prop_oneof![
        Just(Act::AddEdition),
        place.clone().prop_map(Act::DuplicateEdition),
        place.clone().prop_map(Act::RemoveEdition),
        (place.clone(), place.clone()).prop_map(|(from, to)| Act::MoveEdition(from, to)),
        (place.clone(), any::<bool>()).prop_map(|(e, hidden)| Act::Hide(e, hidden)),
        (any::<bool>(), place.clone()).prop_map(|(counts, e)| Act::AddModule(counts, e)),
        place.clone().prop_map(Act::RemoveModule),
        (place.clone(), place.clone()).prop_map(|(from, to)| Act::MoveModule(from, to)),
        (place.clone(), place.clone(), any::<bool>()).prop_map(|(e, c, on)| Act::Tick(e, c, on)),
        (place.clone(), place.clone()).prop_map(|(e, c)| Act::AddTier(e, c)),
        (place.clone(), place.clone(), place.clone()).prop_map(|(e, c, t)| Act::RemoveTier(e, c, t)),
        (place.clone(), any::<bool>()).prop_map(|(e, same)| Act::RenewSame(e, same)),
        any::<bool>().prop_map(Act::OneTime),
        Just(Act::AddOffer),
    ]
}

proptest! {
    #[test]
    fn nothing_that_is_done_breaks_a_form(acts in prop::collection::vec(any_act(), 0..30)) {
        let mut form = demo();
        for act in acts {
            form.act(act);
        }
        // Every edition has every module once, in one order with the others that were moved together; the file can be read.
        for edition in &form.editions {
            let mut own: Vec<Id> = edition.charges.iter().map(|charge| charge.id).collect();
            own.sort_unstable();
            let mut all: Vec<Id> = form.modules.iter().map(|module| module.id).collect();
            all.sort_unstable();
            prop_assert_eq!(own, all);
        }
        let _ = Offer::parse(&form.config());
    }

    #[test]
    fn who_works_alone_keeps_it_as_it_is(acts in prop::collection::vec(any_act(), 0..12)) {
        let base = demo();
        let mut form = base.clone();
        for act in acts {
            form.act(act);
        }
        let (alone, conflicts) = merge(&base, &form, &base);
        prop_assert_eq!((&alone, conflicts.len()), (&form, 0));
        let (other, conflicts) = merge(&base, &base, &form);
        prop_assert_eq!((&other, conflicts.len()), (&form, 0));
    }
}

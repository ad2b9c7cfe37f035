//! Which products are shown.

use shared::api::{FromPrice, ProductCard};
use shared::calendar::Period;
use shared::money::Fen;

use crate::format::{term, yuan_short};
use crate::i18n::Lang;

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The products, in the order of the store.
    pub cards: Vec<ProductCard>,
    /// Their categories, in the order in which they first appear.
    pub categories: Vec<String>,
    /// What is searched for.
    pub search: String,
    /// The index of the chosen category; all where none is.
    pub category: Option<usize>,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// This is searched for.
    Search(String),
    /// The category at this index was chosen, or all.
    Category(Option<usize>),
}

impl Model {
    /// What `message` makes of the page.
    pub fn update(&mut self, message: Msg) {
        match message {
            Msg::Search(text) => self.search = text,
            Msg::Category(index) => self.category = index,
        }
    }

    /// All of `cards`.
    pub fn new(cards: Vec<ProductCard>) -> Self {
        let mut categories: Vec<String> = Vec::new();
        for card in &cards {
            if !categories.contains(&card.text.category) {
                categories.push(card.text.category.clone());
            }
        }
        Self { cards, categories, search: String::new(), category: None }
    }

    /// Whether a card is shown: it is of the category, and every word of the search occurs in it.
    pub fn shows(&self, card: &ProductCard) -> bool {
        let chosen = self.category.and_then(|index| self.categories.get(index));
        if chosen.is_some_and(|category| *category != card.text.category) {
            return false;
        }
        let text = &card.text;
        let searched = [&text.name, &text.intro, &text.vendor, &text.category].map(|text| text.to_ascii_lowercase());
        let found = |word: &str| searched.iter().any(|text| text.contains(&word.to_ascii_lowercase()));
        self.search.split_whitespace().all(found)
    }

    /// How many cards are shown.
    pub fn shown(&self) -> usize {
        self.cards.iter().filter(|card| self.shows(card)).count()
    }
}

/// A least price in parts: `¥1` and ` 起/月`.
pub fn from_price(from: FromPrice, lang: Lang) -> (String, String) {
    if from.price == Fen::ZERO {
        return (lang.pick("免费", "Free").to_owned(), String::new());
    }
    let per = match from.term {
        None => String::new(),
        Some(sold) if sold.n() == 1 => match sold.period() {
            Period::Month => lang.pick("/月", "/month").to_owned(),
            Period::Year => lang.pick("/年", "/year").to_owned(),
        },
        Some(sold) => ["/", &term(sold, lang)].concat(),
    };
    (yuan_short(from.price), lang.pick([" 起", &per].concat(), [&per, " and up"].concat()))
}

//! Which form of a word follows a number: ICU's rules, of our languages alone.
//!
//! The library would find them by parsing a language's name and looking among those of all languages, which is 30 kB of
//! code in the wasm; the build script knows which ones we need.

use std::sync::LazyLock;

use icu_plurals::{
    PluralRuleType, PluralRules,
    provider::{PluralRulesData, PluralsCardinalV1, rules::runtime::ast::Rule},
};
use icu_provider::{DataError, DataPayload, DataProvider, DataRequest, DataResponse};
use zerovec::VarZeroVec;

use super::{Language, made::PLURALS};

/// Stands in for the library's function of that name: see [`library`](super::library).
pub(crate) fn get_plural_rules(language: Language, _: PluralRuleType) -> &'static PluralRules {
    static RULES: LazyLock<[PluralRules; PLURALS.len()]> = LazyLock::new(|| {
        PLURALS.map(|forms| {
            PluralRules::try_new_cardinal_unstable(&Forms(forms), Default::default()).expect("made from ICU's own")
        })
    });
    &RULES[language as usize]
}

/// When a language takes the forms zero, one, two, few and many.
struct Forms([Option<&'static [u8]>; 5]);

impl DataProvider<PluralsCardinalV1> for Forms {
    fn load(&self, _: DataRequest) -> Result<DataResponse<PluralsCardinalV1>, DataError> {
        let [zero, one, two, few, many] = self.0.map(|rule| VarZeroVec::parse_bytes(rule?).ok().map(Rule));
        Ok(DataResponse {
            metadata: Default::default(),
            payload: DataPayload::from_owned(PluralRulesData {
                zero,
                one,
                two,
                few,
                many,
            }),
        })
    }
}

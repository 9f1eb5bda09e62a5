//! Reads the browser query. Only `name >= version` is understood: anything richer needs tables of
//! all browsers, 40 crates of them, and says less clearly what we promise.

use lightningcss::targets::Browsers;

use crate::error::Error;

/// The oldest version of each named browser, from `"chrome >= 123, safari >= 17.5"`.
pub fn parse(query: &str) -> Result<Browsers, Error> {
    let mut browsers = Browsers::default();
    for term in query.split(',') {
        set(&mut browsers, term).ok_or_else(|| {
            Error::Metadata(format!(
                "browserquery: {:?} is not of the form \"browser >= version\"",
                term.trim()
            ))
        })?;
    }
    Ok(browsers)
}

fn set(browsers: &mut Browsers, term: &str) -> Option<()> {
    let (name, oldest) = term.split_once(">=")?;
    let browser = match name.trim() {
        "android" => &mut browsers.android,
        "chrome" => &mut browsers.chrome,
        "edge" => &mut browsers.edge,
        "firefox" => &mut browsers.firefox,
        "ios_saf" => &mut browsers.ios_saf,
        "opera" => &mut browsers.opera,
        "safari" => &mut browsers.safari,
        "samsung" => &mut browsers.samsung,
        _ => return None,
    };
    *browser = Some(version(oldest.trim())?);
    Some(())
}

/// lightningcss keeps a version in three bytes: major, minor, patch.
fn version(text: &str) -> Option<u32> {
    let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
    Some(u32::from(major.parse::<u8>().ok()?) << 16 | u32::from(minor.parse::<u8>().ok()?) << 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_versions() -> Result<(), Error> {
        let browsers = parse("chrome >= 123, ios_saf >= 17.5")?;
        assert_eq!(
            browsers,
            Browsers {
                chrome: Some(123 << 16),
                ios_saf: Some(17 << 16 | 5 << 8),
                ..Browsers::default()
            }
        );
        Ok(())
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for query in [
            "",
            "defaults",
            "chrome 123",
            "chrome >= new",
            "netscape >= 4",
            "chrome >= 123,",
        ] {
            assert!(parse(query).is_err(), "{query:?}");
        }
    }
}

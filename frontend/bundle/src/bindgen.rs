//! Binds the wasm to the browser: the module and the JS glue that starts it.

use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::{error::Error, metadata::Metadata, site::Site};

/// How the wasm is bound, here and where cargo-leptos asks for it. A release loses the names of
/// its functions, which only a person debugging reads; debug line tables never reach the site.
pub fn settings(wasm: &Path, name: &str, release: bool) -> Result<Bindgen, Error> {
    let mut bindgen = Bindgen::new();
    bindgen.web(true).map_err(failed)?;
    bindgen
        .input_path(wasm)
        .out_name(name)
        .typescript(false)
        // The page always says where the wasm is: its URL carries a hash that the glue cannot know.
        .omit_default_module_path(true)
        .debug(!release)
        .demangle(!release)
        .remove_name_section(release)
        .remove_producers_section(release);
    Ok(bindgen)
}

/// Puts the wasm, its glue and the snippets that the glue imports into the site.
pub fn put(site: &mut Site, metadata: &Metadata, wasm: &Path, release: bool) -> Result<(), Error> {
    let mut output = settings(wasm, &metadata.output_name, release)?
        .generate_output()
        .map_err(failed)?;
    site.put(metadata.package("wasm"), output.wasm_mut().emit_wasm());
    let glue = if release {
        without_comments(output.js())
    } else {
        output.js().to_owned()
    };
    site.put(metadata.package("js"), glue);
    let snippets = metadata.site_pkg_dir.join("snippets");
    for (crate_name, scripts) in output.snippets() {
        for (i, script) in scripts.iter().enumerate() {
            site.put(snippets.join(crate_name).join(format!("inline{i}.js")), script.as_str());
        }
    }
    for (path, script) in output.local_modules() {
        site.put(snippets.join(path), script.as_str());
    }
    Ok(())
}

/// The glue without the lines that only a reader of it needs: a seventh of its brotli size. A real
/// minifier saves as much again, 0.8 kB, and is a hundred crates; it is not worth them. Only
/// comments that begin a line go; wasm-bindgen itself takes its glue apart by lines to indent it.
fn without_comments(glue: &str) -> String {
    let mut kept = String::with_capacity(glue.len());
    let mut in_comment = false;
    for mut line in glue.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            let end = line.split_once("*/");
            in_comment = end.is_none();
            line = end.map_or("", |(_, code)| code.trim_start());
        }
        if !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The library's error with all its causes, which hold the advice.
pub fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    let error = error.into();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    Error::Bindgen(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_that_begin_a_line_go() {
        let glue =
            "/* one line */\n/**\n * @param {string} n\n */\n  f(n / 2); // stays\n\n// goes\n/* a */ g(a\n  * b);\n";
        assert_eq!(without_comments(glue), "f(n / 2); // stays\ng(a\n* b);\n");
    }
}

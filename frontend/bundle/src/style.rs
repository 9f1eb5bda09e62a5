//! One style sheet out of `style/`: `@import`s resolved, written for the browsers we promise.

use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::Targets,
};

use crate::{error::Error, metadata::Metadata, targets};

/// The whole style as one sheet; a release has no white space in it.
pub fn bundle(metadata: &Metadata, release: bool) -> Result<String, Error> {
    let targets = Targets::from(targets::parse(&metadata.browserquery)?);
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(&metadata.style_file)
        .map_err(|error| Error::Style(error.to_string()))?;
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|error| Error::Style(error.to_string()))?;
    let printed = sheet.to_css(PrinterOptions {
        targets,
        minify: release,
        ..PrinterOptions::default()
    });
    Ok(printed.map_err(|error| Error::Style(error.to_string()))?.code)
}

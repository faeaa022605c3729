//! Ids: kebab-case slugs, with `pack:` in front outside the built-in pack.

/// Longest slug allowed.
pub(crate) const MAX_LENGTH: usize = 64;

/// Whether `text` is a slug: lower-case letters and digits, single hyphens between them, at most 64 characters.
pub(crate) fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_LENGTH
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// A likely slug for what was written: lower case, anything else turned into single hyphens.
pub(crate) fn slugify(text: &str) -> String {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut slug = words.join("-");
    slug.truncate(MAX_LENGTH);
    slug.trim_end_matches('-').to_owned()
}

//! Regular English inflection, and spelling on both sides of the Atlantic. Irregular verbs are data (class `irregular-verb`).

/// All forms of a regular verb: base, third person, past, present participle. Where stress decides about doubling
/// ("harden", "permit") both spellings are given; a form that nobody writes does no harm.
pub(crate) fn verb_forms(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned()];
    let mut add = |form: String| {
        if !forms.contains(&form) {
            forms.push(form);
        }
    };
    let bytes = base.as_bytes();
    let last = bytes.last().copied().unwrap_or(b' ');
    let before = bytes.len().checked_sub(2).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    let stem = base.get(..base.len().saturating_sub(1)).unwrap_or("");
    if last == b'y' && !is_vowel(before) {
        add(format!("{stem}ies"));
        add(format!("{stem}ied"));
        add(format!("{base}ing"));
        return forms;
    }
    if matches!(last, b's' | b'x' | b'z' | b'o') || base.ends_with("ch") || base.ends_with("sh") {
        add(format!("{base}es"));
    } else {
        add(format!("{base}s"));
    }
    if last == b'e' {
        add(format!("{base}d"));
        if matches!(before, b'e' | b'o' | b'y') {
            add(format!("{base}ing"));
        } else if before == b'i' {
            add(format!("{}ying", base.get(..base.len() - 2).unwrap_or("")));
        } else {
            add(format!("{stem}ing"));
        }
        return forms;
    }
    let third = bytes.len().checked_sub(3).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
    let doubles = !is_vowel(last) && !matches!(last, b'w' | b'x' | b'y') && is_vowel(before) && !is_vowel(third);
    if doubles {
        let double = char::from(last);
        add(format!("{base}{double}ed"));
        add(format!("{base}{double}ing"));
    }
    if !doubles || syllables(base) > 1 {
        add(format!("{base}ed"));
        add(format!("{base}ing"));
    }
    forms
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn syllables(word: &str) -> usize {
    let mut count = 0;
    let mut vowel = false;
    for byte in word.bytes() {
        let now = is_vowel(byte) || byte == b'y';
        count += usize::from(now && !vowel);
        vowel = now;
    }
    count
}

/// The other usual spellings of a folded British word: American endings, and words written as one.
pub(crate) fn spellings(word: &str) -> Vec<String> {
    const PAIRS: [(&str, &str); 13] = [
        ("oedema", "edema"),
        ("oestr", "estr"),
        ("anaes", "anes"),
        ("haem", "hem"),
        ("paed", "ped"),
        ("fibre", "fiber"),
        ("centred", "centered"),
        ("centre", "center"),
        ("labour", "labor"),
        ("colour", "color"),
        ("behaviour", "behavior"),
        ("favour", "favor"),
        ("tumour", "tumor"),
    ];
    // Few words hold any of the letters that differ; one look at each pair of letters spares the others a dozen searches.
    let differs = word.len() > 3
        && word
            .as_bytes()
            .windows(2)
            .any(|pair| matches!(pair, b"oe" | b"ae" | b"ou" | b"is" | b"ys" | b"br" | b"tr" | b"nc" | b"mm" | b"ey"));
    if !differs {
        return Vec::new();
    }
    let mut found: Vec<String> = PAIRS
        .iter()
        .find(|(british, _)| word.contains(british))
        .map(|(british, american)| word.replace(british, american))
        .into_iter()
        .collect();
    for (british, american) in [
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("ysing", "yzing"),
    ] {
        // "rise", "exercise", "wise" and their like have no z.
        let keeps = [
            "rise", "wise", "cise", "vise", "raise", "praise", "bruise", "noise", "poise", "raising", "rising",
            "vising", "cising", "bruising", "raised", "bruised", "vised", "cised", "promise", "premise", "demise",
        ];
        if let Some(stem) = word.strip_suffix(british).filter(|_| !keeps.iter().any(|k| word.ends_with(k))) {
            found.push(format!("{stem}{american}"));
        }
    }
    if word.ends_with("our") && word.len() > 5 && !matches!(word, "detour") {
        found.push(format!("{}or", &word[..word.len() - 3]));
    }
    match word {
        "defence" | "defences" => found.push(word.replace("ence", "ense")),
        "programme" | "programmes" => found.push(word.replace("amme", "am")),
        "grey" => found.push("gray".into()),
        _ => {}
    }
    found
}

/// Regular past participles and the endings of most irregular ones.
pub(crate) fn is_participle(word: &str) -> bool {
    ["ed", "en", "wn", "ung", "ought", "ept", "ost", "ut", "uilt", "one", "ent", "eft"]
        .iter()
        .any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::{spellings, verb_forms};

    #[test]
    fn a_verb_has_the_forms_that_english_gives_it() {
        for forms in [
            "ease eases eased easing",
            "free frees freed freeing",
            "dye dyes dyed dyeing",
            "shoe shoes shoed shoeing",
            "tie ties tied tying",
            "banish banishes banished banishing",
            "stretch stretches stretched stretching",
            "relax relaxes relaxed relaxing",
            "press presses pressed pressing",
            "buzz buzzes buzzed buzzing",
            "echo echoes echoed echoing",
            "remedy remedies remedied remedying",
            "destroy destroys destroyed destroying",
            "heal heals healed healing",
            "boost boosts boosted boosting",
            "melt melts melted melting",
            "slow slows slowed slowing",
            "calm calms calmed calming",
            "carry carries carried carrying",
            "slim slims slimmed slimming",
            "rub rubs rubbed rubbing",
            "up ups upped upping",
            // Where stress decides, both spellings.
            "permit permits permitted permitting permited permiting",
            "harden hardens hardenned hardenning hardened hardening",
            "quiver quivers quiverred quiverring quivered quivering",
        ] {
            let expected: Vec<&str> = forms.split(' ').collect();
            assert_eq!(verb_forms(expected[0]), expected);
        }
    }

    #[test]
    fn a_british_word_has_its_american_spelling_and_no_other_word_has_one() {
        for pair in [
            "oedema edema",
            "oestrogen estrogen",
            "anaesthetic anesthetic",
            "haemoglobin hemoglobin",
            "paediatric pediatric",
            "fibres fibers",
            "centres centers",
            "centred centered",
            "labours labors",
            "colourful colorful",
            "behavioural behavioral",
            "favourite favorite",
            "tumours tumors",
            "organisation organization",
            "mobilising mobilizing",
            "mobilised mobilized",
            "mobilises mobilizes",
            "mobilise mobilize",
            "minimise minimize",
            "optimise optimize",
            "catalyse catalyze",
            "analysing analyzing",
            "vigour vigor",
            "defence defense",
            "defences defenses",
            "programme program",
            "programmes programs",
            "grey gray",
        ] {
            let mut words = pair.split(' ');
            let british = words.next().unwrap_or_default();
            assert_eq!(spellings(british), words.collect::<Vec<_>>(), "{british}");
        }
        for word in
            ["exercise", "arise", "wise", "bruised", "promise", "raising", "four", "tour", "detour", "ise", "pain"]
        {
            assert_eq!(spellings(word), [""; 0], "{word}");
        }
    }
}

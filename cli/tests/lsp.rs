//! The language server, driven over standard input and output as an editor drives it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

#[path = "lsp/editor.rs"]
mod editor;

use editor::*;

#[test]
fn findings_come_while_one_types() {
    let mut editor = Editor::new();
    assert!(editor.open("page.md", "markdown", "# Welcome\n\nOur massage flushes muscles.\n").is_empty());
    let found = editor.edit("page.md", 2, range(2, 20, 27), "toxins");
    assert_eq!(rules(&found), ["detox-claim"]);
    let finding = &found[0];
    assert_eq!(finding["range"], range(2, 12, 26));
    assert_eq!((finding["severity"].clone(), finding["source"].clone()), (json!(1), json!("claims")));
    let href = finding["codeDescription"]["href"].as_str().unwrap();
    assert!(href.starts_with("https://"), "{href}");
    assert!(finding["message"].as_str().unwrap().starts_with("\"flushes toxins\""));
    assert_eq!(finding["data"]["claim"], "toxins-and-water");
    assert!(editor.edit("page.md", 3, range(2, 12, 27), "costs 60 euros.").is_empty());
}

#[test]
fn a_closed_document_has_no_findings_any_more() {
    let mut editor = Editor::new();
    assert_eq!(editor.open("page.md", "markdown", "Massage cures arthritis.").len(), 1);
    let uri = editor.uri("page.md");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    let message = editor.wait("empty findings", |message| message["params"]["diagnostics"] == json!([]));
    assert_eq!(message["params"]["uri"], uri.as_str());
}

#[test]
fn each_language_is_read_in_its_own_way_and_others_are_left_alone() {
    let mut editor = Editor::new();
    assert_eq!(
        editor.open("a.html", "html", "<p>Massage <b>cures</b> arthritis.<script>cures cancer</script>").len(),
        1
    );
    assert_eq!(editor.open("b.txt", "plaintext", "Massage cures arthritis.").len(), 1);
    assert_eq!(editor.open("c.csv", "csv", "Name,Body\noil,Our oil cures arthritis and more.\n").len(), 1);
    // What has no language is known by its name.
    assert_eq!(editor.open("d.md", "", "    cures cancer\n\n`heals asthma`\n").len(), 0);
    let code = json!({ "uri": editor.uri("e.rs"), "languageId": "rust", "version": 1, "text": "// cures cancer" });
    editor.tell("textDocument/didOpen", json!({ "textDocument": code }));
    let position = editor.at("e.rs", 0, 5);
    assert_eq!(editor.ask("textDocument/hover", position), Value::Null);
}

#[test]
fn columns_are_counted_as_agreed() {
    let text = "😌 é Massage cures arthritis.\r\n";
    for (encodings, column) in [(json!(["utf-16"]), 5), (json!(["utf-8", "utf-16"]), 8), (Value::Null, 5)] {
        let mut editor = Editor::bare(&[], &[]);
        let introduced = editor.introduce(json!({ "general": { "positionEncodings": encodings } }));
        let agreed = if column == 8 { "utf-8" } else { "utf-16" };
        assert_eq!(introduced["capabilities"]["positionEncoding"], agreed);
        let found = editor.open("page.md", "markdown", text);
        assert_eq!(found[0]["range"], range(0, column, column + 23), "{agreed}");
        // The verb goes, and so does the finding: the edit met the right bytes.
        let found = editor.edit("page.md", 2, range(0, column + 8, column + 13), "likes");
        assert!(found.is_empty(), "{agreed}: {found:?}");
    }
}

#[test]
fn a_hover_tells_claim_rating_reasons_sentence_and_sources() {
    let mut editor = Editor::new();
    editor.open("page.md", "markdown", "A single massage lowers *cortisol*.");
    let position = editor.at("page.md", 0, 20);
    let hover = editor.ask("textDocument/hover", position);
    assert_eq!(hover["range"], range(0, 17, 33));
    let text = hover["contents"]["value"].as_str().unwrap();
    assert_eq!(hover["contents"]["kind"], "markdown");
    for part in ["`contradicted-by-evidence`", "*why*", "low certainty", "*publish*", "*sources*", "](https://"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    // The words of the page are no markup in it.
    assert!(text.contains("\"lowers cortisol\""), "{text}");
    let position = editor.at("page.md", 0, 2);
    assert_eq!(editor.ask("textDocument/hover", position), Value::Null);
}

#[test]
fn copy_cannot_bring_markup_into_a_hover() {
    let mut editor = Editor::new();
    // In plain text all of it is words.
    let found = editor.open("page.txt", "plaintext", "Our massage flushes your <toxins>.");
    let start = &found[0]["range"]["start"];
    let position = editor.at("page.txt", 0, start["character"].as_u64().unwrap() as u32);
    let hover = editor.ask("textDocument/hover", position);
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("flushes your \\<toxins"), "the words are quoted: {text}");
    // And of a page with markup only what a reader sees is quoted.
    let found = editor.open("page.md", "markdown", "Our massage flushes [the](command:y) <i>toxins</i>.");
    let start = &found[0]["range"]["start"];
    let position = editor.at("page.md", 0, start["character"].as_u64().unwrap() as u32);
    let hover = editor.ask("textDocument/hover", position);
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("flushes the toxins") && !text.contains("command:"), "{text}");
}

#[test]
fn the_smallest_edit_makes_the_finding_go() {
    let mut editor = Editor::new();
    let found = editor.open("page.md", "markdown", "Massage reduces back pain.");
    assert_eq!(rules(&found), ["certainty-exceeds-evidence"]);
    let actions = editor.actions("page.md", &found[0]["range"]);
    assert_eq!(titles(&actions)[0], "Write “may reduce” for “reduces”");
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["kind"], "quickfix");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "certainty-exceeds-evidence");
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    let (place, words) = edit_of(&actions[0]);
    assert!(editor.edit("page.md", 2, place, &words).is_empty());
}

#[test]
fn the_vetted_sentence_takes_the_place_of_the_whole_sentence() {
    let mut editor = Editor::new();
    let found = editor.open("page.md", "markdown", "We are open. A single massage lowers cortisol! Come in.");
    let actions = editor.actions("page.md", &found[0]["range"]);
    let publish = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with("Publish instead: "));
    let (place, words) = edit_of(publish.expect("a sentence to publish"));
    assert_eq!(place, range(0, 13, 46));
    assert!(editor.edit("page.md", 2, place, &words).is_empty());
}

#[test]
fn a_comment_keeps_a_finding_once_it_gives_a_reason() {
    let mut editor = Editor::new();
    let found = editor.open("page.html", "html", "<p>Massage flushes toxins.</p>\n<p>More.</p>\n");
    let actions = editor.actions("page.html", &found[0]["range"]);
    let keep = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with("Keep it")).unwrap();
    let (place, words) = edit_of(keep);
    assert_eq!(words, " <!-- claims-ignore-line detox-claim: -->");
    assert_eq!(rules(&editor.edit("page.html", 2, place.clone(), &words)), ["suppression/unexplained"]);
    let line = &place["start"];
    let at = line["character"].as_u64().unwrap() as u32 + 37;
    assert!(editor.edit("page.html", 3, range(0, at, at), " we answer the myth").is_empty());
    let position = editor.at("page.html", 0, 15);
    let hover = editor.ask("textDocument/hover", position);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("we answer the myth"));
    // Plain text has no comments.
    let found = editor.open("page.txt", "plaintext", "Massage flushes toxins.");
    let actions = editor.actions("page.txt", &found[0]["range"]);
    assert!(!titles(&actions).iter().any(|title| title.starts_with("Keep it")));
}

#[test]
fn only_wanted_kinds_of_actions_are_offered() {
    let mut editor = Editor::new();
    let found = editor.open("page.md", "markdown", "Massage reduces back pain.");
    let params = json!({ "textDocument": { "uri": editor.uri("page.md") }, "range": found[0]["range"],
        "context": { "diagnostics": [], "only": ["refactor"] } });
    assert_eq!(editor.ask("textDocument/codeAction", params), json!([]));
}

#[test]
fn the_evidence_is_shown_as_the_record_of_the_claim() {
    let mut editor = Editor::new();
    let found = editor.open("page.md", "markdown", "A single massage lowers cortisol.");
    let actions = editor.actions("page.md", &found[0]["range"]);
    let show = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with("Show the evidence: "));
    let command = &show.unwrap()["command"];
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    editor.ask("workspace/executeCommand", params);
    let shown = editor.wait("document to show", |message| message["method"] == "window/showDocument");
    let uri = shown["params"]["uri"].as_str().unwrap();
    let text = fs::read_to_string(uri.strip_prefix("file://").unwrap()).unwrap();
    let line = shown["params"]["selection"]["start"]["line"].as_u64().unwrap() as usize;
    assert_eq!(text.lines().nth(line), Some("[[claim]]"));
    let position = editor.at("page.md", 0, 20);
    let definition = editor.ask("textDocument/definition", position);
    assert_eq!(definition["uri"], uri, "the definition is the same place");
    // The built-in record is a copy that nobody should edit, and is gone when the server is.
    let path = Path::new(uri.strip_prefix("file://").unwrap()).to_owned();
    assert!(fs::metadata(&path).unwrap().permissions().readonly());
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.status(), 0);
    assert!(!path.exists());
}

const PACK: &str = include_str!("pages/acme/records.toml");
const MANIFEST: &str = include_str!("pages/acme/pack.toml");

#[test]
fn a_claim_of_a_pack_is_found_in_its_file() {
    let files = [("evidence.toml", "packs = [\"acme\"]\n"), ("acme/pack.toml", MANIFEST), ("acme/records.toml", PACK)];
    let mut editor = Editor::with(&files, usual());
    let text = overclaim_of_the_pack();
    let found = editor.open("page.md", "markdown", &text);
    let claim = found[0]["data"]["claim"].as_str().unwrap().to_owned();
    assert!(claim.starts_with("acme"), "{claim}");
    let start = found[0]["range"]["start"]["character"].as_u64().unwrap() as u32;
    let position = editor.at("page.md", 0, start);
    let definition = editor.ask("textDocument/definition", position);
    assert_eq!(definition["uri"], editor.uri("acme/records.toml"));
    let line = definition["range"]["start"]["line"].as_u64().unwrap() as usize;
    assert_eq!(PACK.lines().nth(line), Some("[[claim]]"));
}

#[test]
fn a_claim_of_a_pack_that_an_option_names_is_found_there_as_well() {
    let files = [("acme/pack.toml", MANIFEST), ("acme/records.toml", PACK)];
    let mut editor = Editor::bare(&files, &["--pack", "acme/../acme"]);
    editor.introduce(usual());
    let found = editor.open("page.md", "markdown", &overclaim_of_the_pack());
    let start = found[0]["range"]["start"]["character"].as_u64().unwrap() as u32;
    let position = editor.at("page.md", 0, start);
    assert_eq!(editor.ask("textDocument/definition", position)["uri"], editor.uri("acme/records.toml"));
}

#[cfg(unix)]
#[test]
fn a_link_in_a_pack_does_not_lead_out_of_the_workspace() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.toml"), "password = \"open sesame\"\n").unwrap();
    let files = [("evidence.toml", "packs = [\"acme\"]\n"), ("acme/pack.toml", MANIFEST), ("acme/records.toml", PACK)];
    let mut editor = Editor::bare(&files, &[]);
    let link = editor.workspace.path().join("acme/stolen.toml");
    std::os::unix::fs::symlink(outside.path().join("secret.toml"), link).unwrap();
    editor.introduce(usual());
    editor.open("page.md", "markdown", "Massage flushes toxins.");
    let shown = editor.shown();
    assert!(shown.contains("this link leads out of the pack") && !shown.contains("password"), "{shown}");
}

/// A sentence that the pack lists as an overclaim.
fn overclaim_of_the_pack() -> String {
    let (_, rest) = PACK.split_once("marketing = \"").expect("a marketing sentence");
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn vetted_sentences_are_offered_by_topic() {
    let mut editor = Editor::new();
    editor.open("page.md", "markdown", "We say: sleep\n\n");
    let mut params = editor.at("page.md", 0, 13);
    params["context"] = json!({ "triggerKind": 1 });
    let offered = editor.ask("textDocument/completion", params);
    let items = offered["items"].as_array().unwrap();
    assert!(!items.is_empty());
    for item in items {
        assert_eq!(item["textEdit"]["range"], range(0, 8, 13));
        assert_eq!(item["filterText"], "sleep");
        assert!(item["documentation"]["value"].as_str().unwrap().contains("*publish*"));
    }
    // What is offered may be published.
    let sentence = items[0]["textEdit"]["newText"].as_str().unwrap().to_owned();
    assert!(editor.edit("page.md", 2, range(0, 0, 13), &sentence).is_empty());
    // Where no word stands, somebody who asks gets all of them; two letters ask for nothing.
    let mut params = editor.at("page.md", 2, 0);
    params["context"] = json!({ "triggerKind": 1 });
    assert!(editor.ask("textDocument/completion", params)["items"].as_array().unwrap().len() > items.len());
    editor.edit("page.md", 3, range(2, 0, 0), "sl");
    let mut params = editor.at("page.md", 2, 2);
    params["context"] = json!({ "triggerKind": 1 });
    assert_eq!(editor.ask("textDocument/completion", params)["items"], json!([]));
}

#[test]
fn the_project_file_counts_and_is_read_again_when_it_changes() {
    let files = [("evidence.toml", "exclude = [\"drafts/**\"]\n[severity]\ncertainty-exceeds-evidence = \"note\"\n")];
    let mut editor = Editor::with(&files, usual());
    let text = "Massage reduces back pain.";
    assert_eq!(editor.open("page.md", "markdown", text)[0]["severity"], 3);
    assert!(editor.open("drafts/page.md", "markdown", text).is_empty(), "drafts are left out");
    let path = editor.workspace.path().join("evidence.toml");
    fs::write(
        &path,
        "[[allow]]\nrule = \"certainty-exceeds-evidence\"\npath = \"page.md\"\nbecause = \"the lawyer has seen it\"\n",
    )
    .unwrap();
    let changes = json!({ "changes": [{ "uri": editor.uri("evidence.toml"), "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changes);
    assert!(editor.found("page.md", 1).is_empty());
    assert_eq!(editor.found("drafts/page.md", 1)[0]["severity"], 1);
    // An editor that does not tell of files at least tells when it saves one.
    fs::remove_file(&path).unwrap();
    let saved = json!({ "textDocument": { "uri": editor.uri("page.md") } });
    editor.tell("textDocument/didSave", saved);
    assert_eq!(editor.found("page.md", 1)[0]["severity"], 1);
}

#[test]
fn text_that_is_not_saved_outlasts_a_change_of_the_project_file() {
    let mut editor = Editor::with(&[("evidence.toml", "")], usual());
    editor.open("page.md", "markdown", "Massage flushes muscles.");
    assert_eq!(editor.edit("page.md", 7, range(0, 16, 23), "toxins").len(), 1);
    fs::write(editor.workspace.path().join("evidence.toml"), "[severity]\ndetox-claim = \"off\"\n").unwrap();
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri("page.md") } }));
    assert!(editor.found("page.md", 7).is_empty());
}

#[test]
fn what_is_wrong_with_a_project_file_is_shown_and_the_rest_goes_on() {
    let mut editor = Editor::with(&[("evidence.toml", "profile = \"uk-cap\"\nprofil = 3\n")], usual());
    assert_eq!(editor.open("page.md", "markdown", "Massage flushes toxins.").len(), 1);
    let shown = editor.shown();
    assert!(shown.contains("evidence.toml:2:1: "), "{shown}");
    let mut editor = Editor::with(&[("evidence.toml", "profile = \"uk-cop\"\n")], usual());
    assert_eq!(editor.open("page.md", "markdown", "Massage flushes toxins.").len(), 1);
    let shown = editor.shown();
    assert!(shown.contains("uk-cop"), "{shown}");
}

#[test]
fn nothing_outside_the_workspace_is_opened() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("evidence.toml"), "[severity]\ndetox-claim = \"off\"\n").unwrap();
    fs::write(outside.path().join("pack.toml"), "schema = 1\nname = \"outside\"\n").unwrap();
    let pack = format!("packs = [{:?}]\n", outside.path().display().to_string());
    let mut editor = Editor::with(&[("evidence.toml", &pack)], usual());
    let page = uri_of(&outside.path().join("page.md"));
    let document = json!({ "uri": page, "languageId": "markdown", "version": 1, "text": "Massage flushes toxins." });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    let message = editor.wait("findings", |message| message["params"]["uri"] == page.as_str());
    assert_eq!(message["params"]["diagnostics"].as_array().unwrap().len(), 1, "its text is checked all the same");
    assert_eq!(editor.open("page.md", "markdown", "Massage flushes toxins.").len(), 1);
    let shown = editor.shown();
    assert!(shown.contains("not in the workspace"), "{shown}");
}

#[test]
fn what_is_no_message_does_not_end_the_server() {
    let mut editor = Editor::bare(&[], &[]);
    assert_eq!(editor.answer("textDocument/hover", json!({}))["error"]["code"], -32002);
    editor.send(b"Content-Length: 5\r\n\r\n{\"a\":Content-Type: x\r\n\r\n\r\n");
    editor.introduce(usual());
    editor.send(&framed(&json!([1, 2])));
    editor.send(&framed(&json!({ "jsonrpc": "2.0", "id": 99, "result": null })));
    editor.tell("textDocument/didChange", json!({ "textDocument": 3 }));
    editor.tell("textDocument/didOpen", json!(null));
    assert_eq!(editor.answer("textDocument/hover", json!({ "position": 1 }))["error"]["code"], -32602);
    assert_eq!(editor.answer("textDocument/rename", json!({}))["error"]["code"], -32601);
    let unknown = editor.at("never-opened.md", 3, 3);
    assert_eq!(editor.ask("textDocument/hover", unknown), Value::Null);
    editor.open("page.md", "markdown", "Massage flushes muscles.");
    // A place behind the end means the end.
    assert!(editor.edit("page.md", 2, range(90, 4, 2), " And toxins.").is_empty());
    assert_eq!(editor.edit("page.md", 3, range(0, 0, 900), "Massage flushes toxins.").len(), 1);
}

#[test]
fn a_request_that_is_cancelled_in_time_is_not_answered() {
    let mut editor = Editor::new();
    // While the server reads this, the next messages arrive.
    let text = "Massage flushes toxins and lowers cortisol. ".repeat(3_000);
    let uri = editor.uri("page.md");
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
    let messages = [
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
        json!({ "jsonrpc": "2.0", "id": "h", "method": "textDocument/hover", "params": editor.at("page.md", 0, 10) }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": "h" } }),
    ];
    let bytes: Vec<u8> = messages.iter().flat_map(framed).collect();
    editor.send(&bytes);
    assert_eq!(editor.wait("answer", |message| message["id"] == "h")["error"]["code"], -32800);
}

#[test]
fn a_server_ends_when_it_is_asked_to() {
    let mut editor = Editor::new();
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(editor.answer("textDocument/hover", json!({}))["error"]["code"], -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.status(), 0);
    let mut editor = Editor::new();
    editor.tell("exit", Value::Null);
    assert_eq!(editor.status(), 1, "an exit without a shutdown is no orderly end");
}

#[test]
fn many_edits_leave_the_server_with_the_text_of_the_editor() {
    let mut editor = Editor::with(&[], json!({}));
    let mut units: Vec<u16> = "# Our 😌 massage\n\n- lowers cortisol\n- flushes toxins\n".encode_utf16().collect();
    editor.open("page.md", "markdown", &String::from_utf16(&units).unwrap());
    let mut seed = 7_u64;
    let mut below = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % most
    };
    let words = ["cures", " pain", "\n", "é", "😌", "\r\n", "- ", "may ", "**"];
    for version in 2..40 {
        let whole = |at: usize, units: &[u16]| !(0xDC00..0xE000).contains(units.get(at).unwrap_or(&0));
        let mut start = below(units.len());
        while !whole(start, &units) || (start > 0 && units[start] == 10 && units[start - 1] == 13) {
            start -= 1;
        }
        let mut end = (start + below(4)).min(units.len());
        while end < units.len() && (!whole(end, &units) || (units[end] == 10 && units[end - 1] == 13)) {
            end += 1;
        }
        let place = |at: usize| {
            let before = &units[..at];
            let line = before.iter().filter(|&&unit| unit == 10).count();
            let column = before.iter().rev().take_while(|&&unit| unit != 10).count();
            json!({ "line": line, "character": column })
        };
        let range = json!({ "start": place(start), "end": place(end) });
        let new = words[below(words.len())];
        units.splice(start..end, new.encode_utf16());
        let found = editor.edit("page.md", version, range, new);
        let again = format!("again-{version}.md");
        assert_eq!(found, editor.open(&again, "markdown", &String::from_utf16(&units).unwrap()), "{version}");
    }
}

// Starts `claims lsp` for pages that are open. All the rest is done by the server.

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

exports.activate = async () => {
  const settings = workspace.getConfiguration("claims");
  const command = settings.get("path", "claims");
  const args = ["lsp", ...settings.get("arguments", [])];
  const documents = ["markdown", "html", "plaintext"].map((language) => ({ scheme: "file", language }));
  const untitled = ["markdown", "html", "plaintext"].map((language) => ({ scheme: "untitled", language }));
  client = new LanguageClient("claims", "Evidence claims", { command, args }, { documentSelector: [...documents, ...untitled] });
  await client.start();
};

exports.deactivate = () => client?.stop();

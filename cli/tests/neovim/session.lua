-- A person at Neovim, without hands: opens a page, looks at what is found, asks why, takes a fix, types on. Prints what they see.
-- Run by cli/tests/neovim.rs; by hand: CLAIMS=target/debug/claims PAGE=page.md nvim --headless --clean -l or -S this file.

local out = {}
local function say(text) table.insert(out, text) end

local function finish()
  io.stdout:write(table.concat(out, "\n") .. "\n")
  io.stdout:flush()
  vim.cmd("qall!")
end

local function wait(what, fits)
  if not vim.wait(60000, fits, 20) then
    say("waited in vain for " .. what)
    finish()
  end
end

local names = { "error", "warning", "note" }

local function show_findings()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(a, b) return a.lnum * 1000 + a.col < b.lnum * 1000 + b.col end)
  for _, d in ipairs(found) do
    local code = d.code or (d.user_data and d.user_data.lsp and d.user_data.lsp.code)
    say(string.format("  %d:%d-%d %s[%s] %s", d.lnum + 1, d.col + 1, d.end_col + 1, names[d.severity], code, d.message:match("^[^\n]*")))
  end
  if #found == 0 then say("  nothing") end
end

local function show_text()
  for _, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do say("  | " .. line) end
end

local function request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    if answer.error then say("  " .. vim.inspect(answer.error)) end
    return answer.result
  end
end

local function attach(cmd, root)
  -- `vim.lsp.start` came with 0.8.
  if vim.lsp.start then return vim.lsp.start({ name = "claims", cmd = cmd, root_dir = root }) end
  local id = vim.lsp.start_client({ name = "claims", cmd = cmd, root_dir = root })
  vim.lsp.buf_attach_client(0, id)
  return id
end

vim.cmd("edit " .. vim.env.PAGE)
local filetype = vim.bo.filetype
local id = attach({ vim.env.CLAIMS, "lsp", "--today", "2026-11-26" }, vim.fn.getcwd())
say("a page of " .. filetype .. " is opened:")
show_text()

wait("findings", function() return #vim.diagnostic.get(0) > 0 end)
say("it shows:")
show_findings()
local client = vim.lsp.get_client_by_id(id)
say("columns are counted in " .. (client.offset_encoding or "utf-16"))

say("K on \"lowers cortisol\":")
vim.api.nvim_win_set_cursor(0, { 3, 20 })
local hover = request("textDocument/hover", vim.lsp.util.make_position_params(0, client.offset_encoding))
for _, line in ipairs(vim.split(hover and hover.contents.value or "nothing", "\n")) do say("  " .. line) end

-- What the person picks in the menu of code actions.
local wanted
vim.ui.select = function(items, options, choose)
  say("the menu of code actions:")
  local picked
  for number, item in ipairs(items) do
    local text = options.format_item and options.format_item(item) or tostring(item)
    say("  " .. number .. " " .. text)
    if text:find(wanted, 1, true) then picked = picked or number end
  end
  say("  > " .. tostring(picked))
  if picked then choose(items[picked], picked) else choose(nil, nil) end
end

local function act(line, column, choice)
  wanted = choice
  vim.api.nvim_win_set_cursor(0, { line, column })
  local before = vim.api.nvim_buf_get_changedtick(0)
  vim.lsp.buf.code_action()
  wait("the edit", function() return vim.api.nvim_buf_get_changedtick(0) > before end)
  -- The findings of the new text come after it.
  local count = #vim.diagnostic.get(0)
  vim.wait(3000, function() return #vim.diagnostic.get(0) ~= count end, 20)
end

act(5, 14, "may reduce")
say("after the smallest edit:")
show_text()
show_findings()

act(3, 20, "Publish instead")
say("after publishing the vetted sentence:")
show_text()
show_findings()

say("somebody types \" It flushes toxins.\" at the end:")
local last = vim.api.nvim_buf_line_count(0)
local line = vim.api.nvim_buf_get_lines(0, last - 1, last, false)[1]
vim.api.nvim_buf_set_text(0, last - 1, #line, last - 1, #line, { " It flushes toxins." })
wait("a finding", function() return #vim.diagnostic.get(0) > 0 end)
show_findings()

say("completion of \"cortisol\" offers:")
vim.api.nvim_buf_set_lines(0, -1, -1, false, { "cortisol" })
vim.api.nvim_win_set_cursor(0, { last + 1, 0 })
local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
params.position.character = 8
params.context = { triggerKind = 1 }
local offered = request("textDocument/completion", params)
for _, item in ipairs(offered and offered.items or {}) do say("  " .. item.label) end

say("the definition of the first finding stands in:")
vim.api.nvim_win_set_cursor(0, { last, #line + 10 })
local place = request("textDocument/definition", vim.lsp.util.make_position_params(0, client.offset_encoding))
if place then
  local path = vim.uri_to_fname(place.uri)
  say("  …" .. path:match("/data/.*") .. ", line " .. place.range.start.line + 1)
end

finish()

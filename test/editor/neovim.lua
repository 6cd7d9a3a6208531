-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
-- Opens the file with clangd as its server, notes what is found, applies the quick
-- fix of one line, saves, and notes what is left.
local buffer = vim.api.nvim_get_current_buf()
local line = tonumber(vim.env.LINE)
local out = {}

local function finish(status)
  local file = io.open(vim.env.OUT, "w")
  file:write(vim.json.encode(out))
  file:close()
  vim.cmd(status .. "cquit")
end

local function await(what, condition)
  if not vim.wait(60000, condition, 50) then
    io.stderr:write("waited in vain for " .. what .. "\n")
    finish(1)
  end
end

local function findings()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    local more = d.user_data and d.user_data.lsp or {}
    table.insert(found, {
      lnum = d.lnum, col = d.col, message = d.message, source = d.source,
      code = d.code or more.code,
    })
  end
  return found
end

vim.bo.filetype = "c"
vim.lsp.buf_attach_client(buffer, vim.lsp.start_client({
  name = "clangd",
  cmd = vim.json.decode(vim.env.COMMAND),
  root_dir = vim.fn.getcwd(),
}))
await("findings", function() return #vim.diagnostic.get(buffer) > 0 end)
out.before = findings()

vim.api.nvim_win_set_cursor(0, { line, 0 })
vim.ui.select = function(actions, _, choose) choose(actions[1], 1) end
vim.lsp.buf.code_action({ only = { "quickfix" } })
await("the fix", function() return vim.bo.modified end)
await("fewer findings", function() return #findings() < #out.before end)
vim.cmd("silent write")
out.after = findings()
vim.lsp.stop_client(vim.lsp.get_active_clients())
finish(0)

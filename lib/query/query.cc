// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/query.h"

#include "fihris/error.h"
#include "query/ast_json.h"
#include "query/parser.h"
#include "query/query_impl.h"
#include "query/resolve.h"

namespace fihris {
namespace {

/// The line of the query that holds the fault with a caret under it: the hint of a strict error.
std::string with_caret(std::string_view text, const QueryWarning& warning) {
  std::string line(text);
  for (auto& c : line) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  std::size_t column = 0;
  for (std::size_t i = 0; i < warning.begin && i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++column;
  }
  return line + "\n" + std::string(column, ' ') + "^";
}

std::shared_ptr<const Query::Impl> finish(std::string text, query::ParseResult parsed,
                                          const Authority& authority, const QueryOptions& options) {
  auto resolved = query::resolve(std::move(parsed), authority, options);
  if (options.strict && !resolved.warnings.empty()) {
    const auto& first = resolved.warnings.front();
    throw Error(ErrorCode::bad_query,
                "query, byte " + std::to_string(first.begin) + ": " + first.message,
                with_caret(text, first));
  }
  auto impl = std::make_shared<Query::Impl>();
  impl->text = std::move(text);
  impl->root = std::move(resolved.root);
  impl->warnings = std::move(resolved.warnings);
  impl->options = options;
  return impl;
}

}  // namespace

Query::Query(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Query::Query(const Query&) = default;
Query::Query(Query&&) noexcept = default;
Query& Query::operator=(const Query&) = default;
Query& Query::operator=(Query&&) noexcept = default;
Query::~Query() = default;

Query Query::parse(std::string_view text, const Authority& authority, const QueryOptions& options) {
  const query::SavedQueries saved = [&](std::string_view name) -> std::optional<std::string> {
    for (const auto& [known, saved_text] : options.saved) {
      if (known == name) return saved_text;
    }
    return std::nullopt;
  };
  auto parsed = options.plain ? query::parse_plain(text) : query::parse(text, saved);
  return Query(finish(std::string(text), std::move(parsed), authority, options));
}

Query Query::from_json(std::string_view json, const Authority& authority,
                       const QueryOptions& options) {
  return Query(finish({}, {query::from_json(json), {}}, authority, options));
}

const std::vector<QueryWarning>& Query::warnings() const noexcept { return impl_->warnings; }
std::string Query::json() const { return query::to_json(impl_->root); }
bool Query::empty() const noexcept { return impl_->root.kind == query::Kind::none; }

}  // namespace fihris

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fihris/query.h"
#include "query/ast.h"

namespace fihris::query {

enum class TokenType : unsigned char {
  open,
  close,
  or_op,
  and_op,
  not_op,
  near_op,  ///< NEAR, ADJ
  word,
  phrase,
  saved,   ///< @name
  field,   ///< name and colon; its values follow
  value,   ///< of the field before it, a bare word
  quoted,  ///< of the field before it, in quotes
};

/// A piece of a query.
struct Token {
  TokenType type = TokenType::word;
  std::size_t begin = 0;  ///< bytes of the query
  std::size_t end = 0;
  std::string text;  ///< without marks and escapes
  Form form = Form::stem;
  bool literal = false;  ///< an escape stands in it: never an operator
  bool pattern = false;
  bool glued = false;  ///< a `(` follows at once
  int fuzzy = -1;
  int distance = -1;
  bool ordered = false;
  Field field = Field::any;
};

struct LexResult {
  std::vector<Token> tokens;
  std::vector<QueryWarning> warnings;
};

/// Parts `text` into tokens. Any bytes may be given; malformed ones part words. Invisible
/// characters (direction controls, joiners) are dropped, Arabic and ASCII punctuation are alike,
/// and quotes and brackets may be mirrored.
LexResult lex(std::string_view text);

}  // namespace fihris::query

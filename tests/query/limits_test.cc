// SPDX-License-Identifier: GPL-2.0-or-later
#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>

#include "fihris/query.h"
#include "query/query_impl.h"

namespace fihris {
namespace {

const Authority& authority() {
  static const auto kAuthority = Authority::builtin();
  return kAuthority;
}

std::size_t nodes(const query::Node& node) {
  std::size_t count = 1 + node.values.size();
  for (const auto& child : node.children) count += nodes(child);
  return count;
}
std::size_t depth(const query::Node& node) {
  std::size_t below = 0;
  for (const auto& child : node.children) below = std::max(below, depth(child));
  return below + 1;
}
/// Every offset lies in the query, and no limit is passed.
void check_sound(const Query& query, std::string_view text) {
  for (const auto& warning : query.warnings()) {
    CHECK(warning.begin <= warning.end);
    CHECK(warning.end <= text.size());
    CHECK(!warning.message.empty());
  }
  CHECK(query.warnings().size() <= query::limit::kWarnings + 1);
  CHECK(nodes(query.impl().root) <= 6 * query::limit::kClauses);
  CHECK(depth(query.impl().root) <= 6 * query::limit::kDepth);
  CHECK(!query.json().empty());
}
std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST_CASE("a query that is too much is cut, and says so") {
  const std::string rows[] = {
      repeated("حلب ", 10000),
      repeated("(", 5000) + "حلب" + repeated(")", 3000),
      "\"" + repeated("حلب إدلب ", 300) + "\"",
      repeated("source:a,", 900),
      repeated("title:", 900),
  };
  for (const auto& text : rows) {
    const auto query = Query::parse(text, authority());
    CAPTURE(text.substr(0, 20));
    CHECK(!query.warnings().empty());
    check_sound(query, text);
  }
  std::string many;
  for (int i = 0; i < 700; ++i) many += "w" + std::to_string(i) + "x OR ";
  check_sound(Query::parse(many, authority()), many);
  CHECK(Query::parse(many, authority()).warnings().size() == 1);
  const auto deep = repeated("(", 60) + "حلب" + repeated(")", 60);
  CHECK(Query::parse(deep, authority()).warnings().size() == 1);
  const auto nots = repeated("-", 8000) + "حلب";
  check_sound(Query::parse(nots, authority()), nots);
}

TEST_CASE("any string is a query") {
  const char* const pieces[] = {
      "حلب",      "إدلب",    " ",      "(",       ")",          "\"",       "«",
      "»",        "“",       "”",      "أو",      "OR",         "AND",      "NOT",
      "-",        "!",       "NEAR/",  "NEAR",    "ADJ/3",      "جوار/5",   "=",
      "==",       "*",       "~",      "~2",      "\\",         "@",        "@x",
      "|",        "&",       ":",      "date:",   "تاريخ:",     "region:",  "faction:",
      "near:",    "source:", "title:", "has:",    "about:",     ",",        "،",
      "..",       ">=",      "2015",   "٢٠١٥-٠٥", "35.8,36.6/", "km",       "/",
      "sy/idlib", "جملة(",   "para(",  "\xff",    "\xd8",       "\xe2\x80", "\u200f",
      "\u202b",   "ـ",       "َ",       "\t\n",    "x",          "0",        "999999999999",
      "🙂"};
  std::mt19937 random(7);
  const auto begin = std::chrono::steady_clock::now();
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const auto length = random() % 24;
    for (std::size_t i = 0; i < length; ++i) {
      if (random() % 12 == 0) {
        text += static_cast<char>(random() & 0xFF);
      } else {
        text += pieces[random() % std::size(pieces)];
      }
    }
    CAPTURE(text);
    const auto query = Query::parse(text, authority());
    check_sound(query, text);
    if (round % 50 == 0) CHECK(Query::from_json(query.json(), authority()).json() == query.json());
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(120));
}

}  // namespace
}  // namespace fihris

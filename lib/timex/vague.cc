// SPDX-License-Identifier: GPL-2.0-or-later
// What names no certain time: «حاليا», «سابقا», «الآونة الأخيرة», «الوقت الراهن».
#include <array>

#include "timex/grammar.h"

namespace fihris::timex {

/// «حاليا», «سابقا», «الآونة الأخيرة», «الوقت الراهن».
std::optional<Expr> Grammar::vague_expr(std::size_t at) {
  Expr expr;
  expr.named = false;
  expr.rule = "vague";
  constexpr std::array<const char*, 3> kRefs{"PAST_REF", "PRESENT_REF", "FUTURE_REF"};
  const auto& word = lex(at);
  const auto previous = at > 0 && near(at) ? kind(at - 1) : Kind::none;
  if (word.kind == Kind::vague) {
    if (word.has(kWeak)) {
      if (word.has(kDefinite) && previous != Kind::in) return std::nullopt;  // تيار المستقبل
      // «قريبا من المدينة», «قريبا منها».
      if (!word.has(kDefinite) && near(at + 1) &&
          (kind(at + 1) == Kind::from || folded(at + 1).starts_with("منه"))) {
        return std::nullopt;
      }
    }
    expr.value = kRefs[static_cast<std::size_t>(word.value) + 1];
    expr.next = at + 1;
    if (near(expr.next) && folded(expr.next) == "جدا") ++expr.next;
    if (word.has(kDefinite) && word.value == 1 && near(expr.next) &&
        (folded(expr.next) == "القريب" || folded(expr.next) == "المنظور")) {
      ++expr.next;
    }
    return expr;
  }
  if (!word.has(kDefinite) || !near(at + 1)) return std::nullopt;
  const auto& which = lex(at + 1);
  if (!which.has(kDefinite)) return std::nullopt;
  expr.next = at + 2;
  switch (which.kind) {
    case Kind::past:
    case Kind::recent:
      if (word.kind == Kind::late) return std::nullopt;
      if (folded(at).ends_with("لحظه")) return std::nullopt;  // the last moment, of any time
      expr.value = "PAST_REF";
      return expr;
    case Kind::current:
      expr.value = "PRESENT_REF";
      return expr;
    case Kind::next:
      if (word.kind == Kind::late) return std::nullopt;
      expr.value = "FUTURE_REF";
      return expr;
    default:
      return std::nullopt;
  }
}

}  // namespace fihris::timex

// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/grammar.h"
#include "analysis/lexicon.h"
#include "analysis/normalize.h"
#include "analysis/words.h"
#include "fihris/analysis.h"

namespace fihris {

struct Analyzer::Impl {
  analysis::WordTable words;
};

Analyzer::Analyzer() : impl_(std::make_unique<Impl>()) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

std::vector<Token> Analyzer::analyze(std::string_view text) {
  impl_->words.trim();
  std::vector<Token> tokens;
  for (const auto& token : analysis::tokenize(text, impl_->words)) {
    const auto& word = *token.word;
    tokens.push_back({token.begin, token.end, word.kind, word.stop, std::string(word.folded),
                      std::string(word.stem)});
  }
  return tokens;
}

std::string Analyzer::fold(std::string_view text) {
  return analysis::to_folded(analysis::to_light(text));
}

std::string Analyzer::stem(std::string_view word) {
  impl_->words.trim();
  const auto tokens = analysis::tokenize(word, impl_->words);
  return tokens.empty() ? std::string() : std::string(tokens.front().word->stem);
}

std::vector<Reading> Analyzer::explain(std::string_view word) {
  impl_->words.trim();
  const auto tokens = analysis::tokenize(word, impl_->words);
  if (tokens.empty()) return {};
  const auto& known = *tokens.front().word;
  const auto letters = analysis::to_letters(known.light);
  std::vector<Reading> readings;
  if (known.kind != TokenKind::arabic || !letters.fits || letters.size < 2) {
    Reading& whole = readings.emplace_back();
    whole.core = known.folded;
    whole.stem = known.stem;
    whole.word_class = known.kind == TokenKind::number ? "number" : "unknown";
    whole.reason = "taken as it stands";
    return readings;
  }
  std::string buffer;
  for (const auto& cut : analysis::all_cuts(letters)) {
    readings.push_back({analysis::proclitics_of(cut),
                        analysis::letters_of(letters, cut.start, cut.end),
                        analysis::ending_of(cut, letters), std::string(analysis::class_of(cut)),
                        std::string(analysis::key_of(cut, letters, buffer)),
                        analysis::reason_of(cut), -cut.cost / 10.0});
  }
  return readings;
}

std::string_view Analyzer::version() noexcept { return analysis::lexicon::kVersion; }

}  // namespace fihris

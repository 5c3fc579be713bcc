// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/normalize.h"
#include "analysis/stem.h"
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
  Reading reading;
  reading.stem = stem(word);
  reading.core = reading.stem;
  return {reading};
}

std::string_view Analyzer::version() noexcept { return "0"; }

}  // namespace fihris

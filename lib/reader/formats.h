// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>

#include "reader/record.h"
#include "reader/source.h"

namespace fihris::reader {

/// One text of a known format: its bytes as UTF-8 (malformed sequences may stand in them), and what
/// its records are called where they have no ids.
struct TextInput {
  ByteStream* bytes;
  RecordBuilder* builder;
  std::string name;
};

/// One JSON object a line; several on a line and CR instead of LF are read too.
std::unique_ptr<RecordReader> read_jsonl(const TextInput& input);
/// Objects one after the other over any number of lines, in an array, or in a list inside one
/// object ({"articles": [...]}); never the whole text at once.
std::unique_ptr<RecordReader> read_json(const TextInput& input);
/// RFC 4180 with a header; commas, semicolons, bars or tabs, which are told by the header. With
/// tabs nothing is quoted.
std::unique_ptr<RecordReader> read_csv(const TextInput& input, bool tabs);
/// The whole text is one article.
std::unique_ptr<RecordReader> read_text(const TextInput& input);
/// The whole text is one page.
std::unique_ptr<RecordReader> read_html(const TextInput& input);
/// RSS (0.9 to 2.0) and Atom.
std::unique_ptr<RecordReader> read_feed(const TextInput& input);
/// The pages of an XML export.
std::unique_ptr<RecordReader> read_mediawiki(const TextInput& input);
/// TREC and Gigaword SGML: <DOC> … </DOC>.
std::unique_ptr<RecordReader> read_trec(const TextInput& input);

}  // namespace fihris::reader

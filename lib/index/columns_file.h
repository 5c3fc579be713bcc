// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "index/columns.h"
#include "index/copies.h"

namespace fihris::index {

/// The bytes of a column file (docs/index-format.md): a function of the segment's values, lengths
/// and of `signatures`, one for each document, which alone no Xapian database holds.
/// \param lengths  of each document; if there are none, those that the database has
std::string make_columns(const Xapian::Database& segment, std::span<const Signature> signatures,
                         std::span<const std::uint32_t> lengths = {});

/// The signatures of a segment: their bytes and the days lie in columns of their own.
class SignatureColumn {
 public:
  using Bytes = decltype(Signature::bytes);

  SignatureColumn() = default;
  SignatureColumn(std::span<const Bytes> bytes, std::span<const std::int32_t> days)
      : bytes_(bytes), days_(days) {}
  std::size_t size() const { return bytes_.size(); }
  Signature operator[](std::size_t document) const { return {bytes_[document], days_[document]}; }

 private:
  std::span<const Bytes> bytes_;
  std::span<const std::int32_t> days_;
};

/// A column file in memory. What its spans point at lives as long as the object.
class ColumnsFile {
 public:
  /// Maps a file. Every offset and number in it is checked, so that no later look-up leaves it.
  /// \throws Error{not_found, io, index_damaged}
  explicit ColumnsFile(const std::string& path);
  /// Takes bytes as `make_columns` gives them; `name` is for messages.
  ColumnsFile(std::string bytes, const std::string& name);
  ColumnsFile(const ColumnsFile&) = delete;
  ColumnsFile& operator=(const ColumnsFile&) = delete;

  const Columns& columns() const { return columns_; }
  SignatureColumn signatures() const { return signatures_; }
  std::string_view bytes() const { return made_.empty() ? file_.bytes() : made_; }

 private:
  void read(const std::string& name);

  MappedFile file_;
  std::string made_;
  Columns columns_;
  SignatureColumn signatures_;
};

}  // namespace fihris::index

// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/lines.h"

#include <algorithm>
#include <cstring>

namespace fihris::reader {
namespace {

constexpr std::size_t kKeptOfLong = 1 << 16;

}  // namespace

bool LineReader::fill() {
  if (ended_) return false;
  const auto block = from_->read();
  if (block.empty()) {
    ended_ = true;
    return false;
  }
  if (at_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + at_, end_ - at_);
    end_ -= at_;
    at_ = 0;
  }
  if (buffer_.size() < end_ + block.size() + kPadding) {
    buffer_.resize(std::max(buffer_.size() * 2, end_ + block.size() + kPadding));
  }
  std::memcpy(buffer_.data() + end_, block.data(), block.size());
  end_ += block.size();
  return true;
}

std::optional<LineReader::Line> LineReader::next() {
  std::size_t searched = 0;  // bytes of the line that hold no LF
  bool too_long = false;
  for (;;) {
    const char* begin = buffer_.data() + at_;
    const auto* found =
        end_ - at_ == searched
            ? nullptr
            : static_cast<const char*>(std::memchr(begin + searched, '\n', end_ - at_ - searched));
    if (found == nullptr) {
      searched = end_ - at_;
      if (searched > max_bytes_) {
        too_long = true;
        end_ = at_ + kKeptOfLong;
        searched = kKeptOfLong;
      }
      if (fill()) continue;
      if (at_ == end_) return std::nullopt;
      begin = buffer_.data() + at_;
    }
    const auto stop = found == nullptr ? end_ : static_cast<std::size_t>(found - buffer_.data());
    std::string_view text(begin, stop - at_);
    at_ = found == nullptr ? stop : stop + 1;
    if (text.size() > max_bytes_) too_long = true;
    if (too_long) text = text.substr(0, kKeptOfLong);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return Line{text, ++number_, too_long};
  }
}

}  // namespace fihris::reader

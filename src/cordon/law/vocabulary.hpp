// Words and phrases the law looks for in free text: lower case, accents and punctuation ignored, plural s
// ignored, found in one pass over the text.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon::law {

inline constexpr std::uint32_t kNoWord = UINT32_MAX;

// "Il-62M, Kim's" -> il 62m kim ; letters lose case (Latin, Cyrillic) and marks (Latin), an apostrophe
// vanishes, everything else parts two words. Each Han, kana and Hangul character is a word: such text has no
// blanks, or has them where words do not end. A final s of a word of more than 3 letters is dropped.
std::vector<std::string> tokens_of(std::string_view text);
// The tokens joined by one underscore: the form in which fact values are compared.
std::string value_form(std::string_view text);

class Vocabulary {
 public:
  // The number of the phrase; the same for every spelling of the same tokens. kNoWord for an empty phrase.
  std::uint32_t add(std::string_view phrase);
  std::size_t size() const { return count_; }
  std::size_t mask_words() const { return (count_ + 63) / 64; }

  struct Match {
    std::uint32_t phrase, start, length;  // in tokens
  };
  // Every phrase found, in order of place. A phrase right after "no", "not", "non" or "without" is not found.
  void find(std::string_view text, std::vector<Match>& matches) const;

 private:
  struct Entry {
    std::vector<std::uint32_t> tokens;  // after the first
    std::uint32_t id;
  };
  std::uint32_t count_ = 0;
  std::unordered_map<std::string, std::uint32_t> tokens_;
  std::vector<std::vector<Entry>> by_first_;
};

}  // namespace cordon::law

#include "cordon/names/pack.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace cordon::names {
namespace {

// What stands before the arrays of a block, in this order: tokens, views, readings, alternatives, numbers of
// elements (or the elements themselves where the table was full), text, key, chars, bones.
struct Head {
  std::uint64_t letters = 0;
  std::uint32_t size = 0;  // of the block
  std::uint16_t text = 0, key = 0, chars = 0, bones = 0;
  std::uint16_t tokens = 0, readings = 0, elements = 0, views = 0, alternatives = 0;
  std::uint8_t kind = 0;
  std::uint8_t flags = 0;
};
enum : std::uint8_t { kBusiness = 1, kCut = 2, kRaw = 4, kFlags = 7 };

// No hidden bytes, so that equal values are equal bytes.
static_assert(sizeof(Head) == 32 && sizeof(Token) == 40 && sizeof(View) == 12 && sizeof(Reading) == 4 &&
              sizeof(Alternative) == 8 && sizeof(Element) == 24);
static_assert(std::has_unique_object_representations_v<Head> &&
              std::has_unique_object_representations_v<Element>);

constexpr std::size_t kMostAlternativeWords = 24;  // as make_forms cuts them

std::size_t rounded(std::size_t size) {
  return (size + kBlock - 1) / kBlock * kBlock;
}

template <class T>
void append(std::string& out, std::span<const T> items) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(items.data()), items.size_bytes());
}

std::size_t element_bytes(const Head& head) {
  return head.elements * ((head.flags & kRaw) ? sizeof(Element) : sizeof(std::uint16_t));
}

std::size_t fixed_bytes(const Head& head) {
  return sizeof(Head) + head.tokens * sizeof(Token) + head.views * sizeof(View) +
         head.readings * sizeof(Reading) + head.alternatives * sizeof(Alternative);
}

// Raw elements start at a multiple of their alignment.
std::size_t elements_at(const Head& head) {
  const std::size_t fixed = fixed_bytes(head);
  return (head.flags & kRaw) ? rounded(fixed) : fixed;
}

std::size_t size_of(const Head& head) {
  return rounded(elements_at(head) + element_bytes(head) + head.text + head.key + head.chars + head.bones);
}

bool read_head(std::string_view block, Head& head) {
  if (block.size() < sizeof(Head)) return false;
  std::memcpy(&head, block.data(), sizeof(Head));
  return head.size <= block.size() && head.size == size_of(head) && head.kind <= 3 && head.flags <= kFlags;
}

std::uint16_t narrow(std::size_t size) {
  return static_cast<std::uint16_t>(size);
}

void finish(std::string& out, std::size_t start) {
  out.resize(rounded(out.size()), '\0');
  const auto size = static_cast<std::uint32_t>(out.size() - start);
  std::memcpy(out.data() + start + offsetof(Head, size), &size, sizeof size);
}

bool is_weight(float weight) {
  return weight >= 0.0f && weight <= 1.0f;  // false for NaN
}

// Every place that a comparison follows lies within its array.
bool sound(const NameForms& f) {
  const auto byte_at = [](const auto& item, std::size_t at) {
    return static_cast<unsigned char>(reinterpret_cast<const char*>(&item)[at]);
  };
  std::size_t before = 0;
  for (const Token& t : f.tokens) {
    const bool flags = byte_at(t, offsetof(Token, abjad)) <= 1 && byte_at(t, offsetof(Token, closed)) <= 1 &&
                       byte_at(t, offsetof(Token, foreign)) <= 1 &&
                       byte_at(t, offsetof(Token, kind)) <= static_cast<unsigned>(TokenKind::particle);
    if (!flags || t.at < before || t.at + std::size_t{t.length} > f.chars.size() ||
        t.bones_at + std::size_t{t.bones_length} > f.bones.size() ||
        t.reading_at + std::size_t{t.readings} > f.readings.size() || !is_weight(t.weight))
      return false;
    before = t.at + std::size_t{t.length};
  }
  for (const Reading& r : f.readings)
    if (r.size == 0 || r.at + std::size_t{r.size} > f.elements.size()) return false;
  for (const View& v : f.views)
    if (byte_at(v, offsetof(View, turned)) > 1 || byte_at(v, offsetof(View, exact)) > 1 || v.size == 0 ||
        v.family > v.size || v.at + std::size_t{v.size} > f.elements.size() || !is_weight(v.weight))
      return false;
  for (const Alternative& a : f.alternatives)
    if (a.begin > a.end || a.end > f.tokens.size() || std::size_t{a.end} > a.begin + kMostAlternativeWords ||
        a.view_begin > a.view_end || a.view_end > f.views.size())
      return false;
  return true;
}

}  // namespace

std::uint32_t ElementTable::number(const Element& element) {
  if (slots_.size() < 2 * (elements_.size() + 1)) grow();
  std::uint64_t hash = element.korean.strict * 0x9e3779b97f4a7c15u;
  hash = (hash ^ (hash >> 32) ^ element.korean.loose) * 0xbf58476d1ce4e5b9u;
  hash ^= (std::uint64_t{element.pinyin} << 48 | std::uint64_t{element.surname} << 32 | element.han);
  hash = (hash ^ (hash >> 29)) * 0x94d049bb133111ebu;
  std::size_t at = static_cast<std::size_t>(hash >> 32) & (slots_.size() - 1);
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
    if (elements_[slots_[at] - 1] == element) return slots_[at] - 1;
  if (elements_.size() >= kMost) return kNone;
  elements_.push_back(element);
  slots_[at] = static_cast<std::uint32_t>(elements_.size());
  return slots_[at] - 1;
}

void ElementTable::grow() {
  const std::vector<Element> kept = std::move(elements_);
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  elements_.clear();
  elements_.reserve(kept.size() * 2 + 256);
  for (const Element& element : kept) number(element);
}

void pack(const NameForms& forms, ElementTable& table, std::string& out) {
  thread_local std::vector<std::uint16_t> numbers;
  numbers.clear();
  bool full = false;
  for (const Element& element : forms.elements) {
    const std::uint32_t number = table.number(element);
    full = full || number == ElementTable::kNone;
    numbers.push_back(static_cast<std::uint16_t>(number));
  }
  Head head;
  head.letters = forms.letters;
  head.text = narrow(forms.text.size()), head.key = narrow(forms.key.size());
  head.chars = narrow(forms.chars.size()), head.bones = narrow(forms.bones.size());
  head.tokens = narrow(forms.tokens.size()), head.readings = narrow(forms.readings.size());
  head.elements = narrow(forms.elements.size()), head.views = narrow(forms.views.size());
  head.alternatives = narrow(forms.alternatives.size());
  head.kind = static_cast<std::uint8_t>(forms.kind);
  head.flags = static_cast<std::uint8_t>((forms.business ? kBusiness : 0) | (forms.cut ? kCut : 0) |
                                         (full ? kRaw : 0));
  const std::size_t start = out.size();
  append(out, std::span<const Head>(&head, 1));
  append(out, forms.tokens);
  append(out, forms.views);
  append(out, forms.readings);
  append(out, forms.alternatives);
  if (full) {
    out.resize(rounded(out.size()), '\0');
    append(out, forms.elements);
  } else {
    append(out, std::span<const std::uint16_t>(numbers));
  }
  out.append(forms.text).append(forms.key).append(forms.chars).append(forms.bones);
  finish(out, start);
}

bool unpack(std::string_view block, std::span<const Element> table, std::vector<Element>& room,
            NameForms& forms) {
  Head head;
  if (!read_head(block, head)) return false;
  const char* at = block.data() + sizeof(Head);
  const auto take = [&at]<class T>(std::span<const T>& items, std::size_t size) {
    items = {reinterpret_cast<const T*>(at), size};
    at += size * sizeof(T);
  };
  take(forms.tokens, head.tokens);
  take(forms.views, head.views);
  take(forms.readings, head.readings);
  take(forms.alternatives, head.alternatives);
  at = block.data() + elements_at(head);
  if (head.flags & kRaw) {
    take(forms.elements, head.elements);
  } else {
    std::span<const std::uint16_t> numbers;
    take(numbers, head.elements);
    if (room.size() < head.elements) room.resize(head.elements);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] >= table.size()) return false;
      room[i] = table[numbers[i]];
    }
    forms.elements = {room.data(), head.elements};
  }
  const auto text = [&at](std::string_view& out, std::size_t size) {
    out = {at, size};
    at += size;
  };
  text(forms.text, head.text), text(forms.key, head.key);
  text(forms.chars, head.chars), text(forms.bones, head.bones);
  forms.letters = head.letters;
  forms.kind = static_cast<Kind>(head.kind);
  forms.business = (head.flags & kBusiness) != 0, forms.cut = (head.flags & kCut) != 0;
  return sound(forms);
}

bool repack(std::string_view from, std::span<const Element> from_table,
            std::vector<std::uint32_t>& renumbered, ElementTable& table, std::string& out) {
  Head head;
  if (!read_head(from, head)) return false;
  const std::size_t elements = elements_at(head), start = out.size();
  bool full = (head.flags & kRaw) != 0;
  if (!full) {
    out.append(from.substr(0, head.size));
    for (std::size_t i = 0; i < head.elements && !full; ++i) {
      std::uint16_t number = 0;
      char* const at = out.data() + start + elements + i * sizeof number;
      std::memcpy(&number, at, sizeof number);
      if (number >= from_table.size()) return false;
      std::uint32_t& now = renumbered[number];
      if (now == ElementTable::kNone) now = table.number(from_table[number]);
      full = now == ElementTable::kNone;
      number = static_cast<std::uint16_t>(now);
      std::memcpy(at, &number, sizeof number);
    }
    if (!full) return true;
    out.resize(start);
  }
  std::vector<Element> room;
  NameForms forms;
  if (!unpack(from, from_table, room, forms)) return false;
  pack(forms, table, out);
  return true;
}

std::size_t block_size(std::string_view bytes) {
  Head head;
  return read_head(bytes, head) ? head.size : 0;
}

}  // namespace cordon::names

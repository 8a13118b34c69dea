#include "cordon/screen/index.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "cordon/base/parallel.hpp"
#include "cordon/screen/evidence.hpp"
#include "cordon/screen/keys.hpp"
#include "cordon/screen/subject.hpp"

namespace cordon::screen {
namespace {

// At most this many entities are scored for one query, those with the rarest keys first.
constexpr std::size_t kCandidates = 64;
// Postings longer than this share of all entities bring up nothing by themselves ("company", "trading",
// "al").
constexpr double kCommonShare = 0.05;

struct Slot {
  Key key = 0;
  std::uint32_t begin = 0, size = 0;  // size 0: free
};

// Key -> entities. Open addressing over one array, postings in another.
class Postings {
 public:
  void build(std::vector<std::pair<Key, std::uint32_t>>&& pairs) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    std::size_t keys = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) keys += i == 0 || pairs[i].first != pairs[i - 1].first;
    std::size_t capacity = 16;
    while (capacity < keys * 2) capacity *= 2;
    slots_.assign(capacity, {});
    entities_.resize(pairs.size());
    for (std::size_t i = 0; i < pairs.size();) {
      std::size_t end = i;
      while (end < pairs.size() && pairs[end].first == pairs[i].first)
        entities_[end] = pairs[end].second, ++end;
      Slot& slot = find(pairs[i].first);
      slot = {pairs[i].first, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end - i)};
      i = end;
    }
  }
  std::span<const std::uint32_t> operator[](Key key) const {
    if (slots_.empty()) return {};
    const Slot& slot = const_cast<Postings*>(this)->find(key);
    return std::span(entities_).subspan(slot.begin, slot.size);
  }
  std::size_t bytes() const {
    return slots_.capacity() * sizeof(Slot) + entities_.capacity() * sizeof(std::uint32_t);
  }

 private:
  Slot& find(Key key) {
    std::size_t at = static_cast<std::size_t>(key >> 7) & (slots_.size() - 1);
    while (slots_[at].size != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> entities_;
};

Key number_key(char kind, std::uint64_t number) {
  return (number * 0x9e3779b97f4a7c15u) ^ (static_cast<Key>(kind) << 56);
}
Key text_key(std::string_view text) {
  Key h = 0x84222325cbf29ce4u;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return h;
}

void number_keys(const Subject& subject, std::vector<Key>& keys) {
  if (subject.imo) keys.push_back(number_key('i', subject.imo));
  if (subject.imo_company) keys.push_back(number_key('c', subject.imo_company));
  if (subject.mmsi) keys.push_back(number_key('m', subject.mmsi));
  for (const std::string& number : subject.numbers) keys.push_back(text_key(number));
}

}  // namespace

struct Index::Data {
  std::span<const model::Entity> entities;
  std::vector<Subject> subjects;  // one for each entity; empty where the entity is no party
  Postings by_name, by_number;
  std::size_t size = 0;
  std::size_t common = 0;  // longer postings are common
};

Index::Index(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

Index Index::build(std::span<const model::Entity> entities) {
  auto data = std::make_unique<Data>();
  data->entities = entities;
  data->subjects.resize(entities.size());
  std::vector<std::vector<Key>> name_keys(entities.size());
  base::parallel_for(entities.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (!model::is_party(entities[i].schema)) continue;
      data->subjects[i] = subject_of(entities[i]);
      for (const SubjectName& name : data->subjects[i].names) add_keys(name.name, false, name_keys[i]);
      std::sort(name_keys[i].begin(), name_keys[i].end());
      name_keys[i].erase(std::unique(name_keys[i].begin(), name_keys[i].end()), name_keys[i].end());
    }
  });
  std::vector<std::pair<Key, std::uint32_t>> names, numbers;
  std::vector<Key> keys;
  for (std::uint32_t i = 0; i < entities.size(); ++i) {
    for (const Key key : name_keys[i]) names.emplace_back(key, i);
    keys.clear();
    number_keys(data->subjects[i], keys);
    for (const Key key : keys) numbers.emplace_back(key, i);
    data->size += !data->subjects[i].names.empty() || !keys.empty();
  }
  data->by_name.build(std::move(names));
  data->by_number.build(std::move(numbers));
  data->common =
      std::max<std::size_t>(64, static_cast<std::size_t>(static_cast<double>(data->size) * kCommonShare));
  return Index(std::move(data));
}

std::vector<Hit> Index::search(const Query& query, std::size_t limit, double cutoff) const {
  const Data& d = *data_;
  const Subject subject = subject_of(query);
  std::vector<Key> keys;
  for (const SubjectName& name : subject.names) add_keys(name.name, true, keys);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());

  // Each entity's sum of the rarity of the keys it shares.
  thread_local std::vector<float> weight;
  thread_local std::vector<std::uint32_t> touched;
  if (weight.size() < d.subjects.size()) weight.resize(d.subjects.size(), 0.0f);
  touched.clear();
  const auto touch = [&](std::uint32_t entity, float amount) {
    if (weight[entity] == 0.0f) touched.push_back(entity);
    weight[entity] += amount;
  };
  const float all = static_cast<float>(std::max<std::size_t>(d.size, 2));
  std::vector<std::span<const std::uint32_t>> common;
  for (const Key key : keys) {
    const auto found = d.by_name[key];
    if (found.empty()) continue;
    if (found.size() > d.common) {
      common.push_back(found);
      continue;
    }
    const float rarity = std::log(1.0f + all / static_cast<float>(found.size()));
    for (const std::uint32_t entity : found)
      if (comparable(subject.party, d.subjects[entity].party)) touch(entity, rarity);
  }
  // Common keys only where rare ones brought up little: a name made of common words.
  if (touched.size() < kCandidates)
    for (const auto& found : common) {
      const float rarity = std::log(1.0f + all / static_cast<float>(found.size()));
      for (const std::uint32_t entity : found)
        if (comparable(subject.party, d.subjects[entity].party)) touch(entity, rarity);
    }
  keys.clear();
  number_keys(subject, keys);
  for (const Key key : keys)
    for (const std::uint32_t entity : d.by_number[key])
      if (comparable(subject.party, d.subjects[entity].party)) touch(entity, 1000.0f);

  const auto rarer = [&](std::uint32_t x, std::uint32_t y) {
    return weight[x] != weight[y] ? weight[x] > weight[y] : x < y;
  };
  if (touched.size() > kCandidates) {
    std::nth_element(touched.begin(), touched.begin() + kCandidates, touched.end(), rarer);
    for (std::size_t i = kCandidates; i < touched.size(); ++i) weight[touched[i]] = 0.0f;
    touched.resize(kCandidates);
  }
  std::vector<Hit> hits;
  for (const std::uint32_t entity : touched) {
    weight[entity] = 0.0f;
    const double s = score(subject, d.subjects[entity]);
    if (s >= cutoff) hits.push_back({entity, s, s >= screen::threshold(), {}});
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) {
    return x.score != y.score ? x.score > y.score : x.entity < y.entity;
  });
  if (hits.size() > limit) hits.resize(limit);
  for (Hit& hit : hits) hit.reasons = judge(subject, d.subjects[hit.entity]).reasons;
  return hits;
}

const model::Entity& Index::entity(std::uint32_t index) const {
  return data_->entities[index];
}
std::size_t Index::size() const {
  return data_->size;
}

std::size_t Index::bytes() const {
  std::size_t total =
      data_->by_name.bytes() + data_->by_number.bytes() + data_->subjects.capacity() * sizeof(Subject);
  for (const Subject& subject : data_->subjects) {
    total += subject.names.capacity() * sizeof(SubjectName) + subject.births.capacity() * sizeof(base::Date);
    for (const SubjectName& name : subject.names) {
      const names::NameForms& f = name.name.forms();
      total += sizeof f + f.text.capacity() + f.key.capacity() + f.chars.capacity() + f.bones.capacity() +
               f.tokens.capacity() * sizeof(names::Token) + f.elements.capacity() * sizeof(names::Element) +
               f.readings.capacity() * sizeof(names::Reading) + f.views.capacity() * sizeof(names::View) +
               f.alternatives.capacity() * sizeof(names::Alternative);
    }
  }
  return total;
}

}  // namespace cordon::screen

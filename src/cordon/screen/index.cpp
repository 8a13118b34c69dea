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

// Key -> names or entities, by their numbers. Open addressing over one array, postings in another.
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
    items_.resize(pairs.size());
    for (std::size_t i = 0; i < pairs.size();) {
      std::size_t end = i;
      while (end < pairs.size() && pairs[end].first == pairs[i].first) items_[end] = pairs[end].second, ++end;
      Slot& slot = find(pairs[i].first);
      slot = {pairs[i].first, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end - i)};
      i = end;
    }
  }
  std::span<const std::uint32_t> operator[](Key key) const {
    if (slots_.empty()) return {};
    const Slot& slot = const_cast<Postings*>(this)->find(key);
    return std::span(items_).subspan(slot.begin, slot.size);
  }
  std::size_t bytes() const {
    return slots_.capacity() * sizeof(Slot) + items_.capacity() * sizeof(std::uint32_t);
  }

 private:
  Slot& find(Key key) {
    std::size_t at = static_cast<std::size_t>(key >> 7) & (slots_.size() - 1);
    while (slots_[at].size != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> items_;
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
  std::vector<Subject> subjects;          // one for each entity; empty where the entity is no party
  std::vector<std::uint32_t> first_name;  // by entity, and one more: names are numbered through all entities
  std::vector<std::uint32_t> owner;       // by name: its entity
  Postings by_name;                       // names
  Postings by_number;                     // entities
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
  // Keys of an entity's names, each with the name's place in the entity.
  std::vector<std::vector<std::pair<Key, std::uint32_t>>> name_keys(entities.size());
  base::parallel_for(entities.size(), 256, [&](std::size_t begin, std::size_t end) {
    std::vector<Key> keys;
    for (std::size_t i = begin; i < end; ++i) {
      if (!model::is_party(entities[i].schema)) continue;
      Subject& subject = data->subjects[i] = subject_of(entities[i]);
      subject.names.shrink_to_fit();
      std::vector<std::pair<Key, std::uint32_t>> pairs;
      for (std::uint32_t n = 0; n < subject.names.size(); ++n) {
        keys.clear();
        add_keys(subject.names[n].name, false, keys);
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        for (const Key key : keys) pairs.emplace_back(key, n);
      }
      name_keys[i] = pairs;  // without spare memory
    }
  });
  data->first_name.reserve(entities.size() + 1);
  std::size_t pairs = 0;
  for (std::uint32_t i = 0; i < entities.size(); ++i) {
    data->first_name.push_back(static_cast<std::uint32_t>(data->owner.size()));
    data->owner.insert(data->owner.end(), data->subjects[i].names.size(), i);
    pairs += name_keys[i].size();
  }
  data->first_name.push_back(static_cast<std::uint32_t>(data->owner.size()));
  std::vector<std::pair<Key, std::uint32_t>> names, numbers;
  names.reserve(pairs);
  std::vector<Key> keys;
  for (std::uint32_t i = 0; i < entities.size(); ++i) {
    for (const auto& [key, name] : name_keys[i]) names.emplace_back(key, data->first_name[i] + name);
    name_keys[i] = {};
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

  // Each entity's sum of the rarity of the keys it shares, and which of its names share one: only these are
  // compared.
  thread_local std::vector<float> weight;
  thread_local std::vector<std::uint32_t> touched;
  thread_local std::vector<std::uint32_t> marks;  // by name: the last search that it shared a key with
  thread_local std::uint32_t now = 0;
  if (weight.size() < d.subjects.size()) weight.resize(d.subjects.size(), 0.0f);
  if (marks.size() < d.owner.size()) marks.resize(d.owner.size(), 0);
  if (++now == 0) std::fill(marks.begin(), marks.end(), 0u), now = 1;
  touched.clear();
  const auto touch = [&](std::uint32_t entity, float amount) {
    if (weight[entity] == 0.0f) touched.push_back(entity);
    weight[entity] += amount;
  };
  const float all = static_cast<float>(std::max<std::size_t>(d.size, 2));
  // The names of one entity stand together.
  const auto entities_of = [&](std::span<const std::uint32_t> names, const auto& each) {
    std::uint32_t before = ~std::uint32_t{0};
    for (const std::uint32_t name : names)
      if (const std::uint32_t entity = d.owner[name]; entity != before) each(entity), before = entity;
  };
  const auto touch_all = [&](std::span<const std::uint32_t> names, std::size_t count) {
    const float rarity = std::log(1.0f + all / static_cast<float>(count));
    entities_of(names, [&](std::uint32_t entity) {
      if (comparable(subject.party, d.subjects[entity].party)) touch(entity, rarity);
    });
  };
  std::vector<std::pair<std::span<const std::uint32_t>, std::size_t>> common;
  for (const Key key : keys) {
    const auto found = d.by_name[key];
    std::size_t count = 0;
    entities_of(found, [&](std::uint32_t) { ++count; });
    for (const std::uint32_t name : found) marks[name] = now;
    if (count > d.common)
      common.emplace_back(found, count);
    else if (count > 0)
      touch_all(found, count);
  }
  // Common keys only where rare ones brought up little: a name made of common words.
  if (touched.size() < kCandidates)
    for (const auto& [found, count] : common) touch_all(found, count);
  keys.clear();
  number_keys(subject, keys);
  for (const Key key : keys)
    for (const std::uint32_t entity : d.by_number[key]) {
      if (!comparable(subject.party, d.subjects[entity].party)) continue;
      touch(entity, 1000.0f);
      for (std::uint32_t n = d.first_name[entity]; n < d.first_name[entity + 1]; ++n) marks[n] = now;
    }

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
    const std::uint32_t first = d.first_name[entity];
    const double s =
        score(subject, d.subjects[entity], [&](std::size_t name) { return marks[first + name] == now; });
    if (s >= cutoff) hits.push_back({entity, s, s >= screen::threshold(), {}});
  }
  const auto better = [](const Hit& x, const Hit& y) {
    return x.score != y.score ? x.score > y.score : x.entity < y.entity;
  };
  std::sort(hits.begin(), hits.end(), better);
  if (hits.size() > limit) hits.resize(limit);
  // All names are heard for the few that are shown.
  for (Hit& hit : hits) {
    Verdict verdict = judge(subject, d.subjects[hit.entity]);
    hit.score = verdict.score, hit.match = verdict.match, hit.reasons = std::move(verdict.reasons);
  }
  std::stable_sort(hits.begin(), hits.end(), better);
  return hits;
}

const model::Entity& Index::entity(std::uint32_t index) const {
  return data_->entities[index];
}
std::size_t Index::size() const {
  return data_->size;
}

std::size_t Index::bytes() const {
  std::size_t total = data_->by_name.bytes() + data_->by_number.bytes() +
                      data_->subjects.capacity() * sizeof(Subject) +
                      (data_->first_name.capacity() + data_->owner.capacity()) * sizeof(std::uint32_t);
  for (const Subject& subject : data_->subjects) {
    total += subject.names.capacity() * sizeof(SubjectName) + subject.births.capacity() * sizeof(base::Date);
    for (const SubjectName& name : subject.names) {
      const names::NameForms& f = name.name.forms();
      total += sizeof f + f.text.size() + f.key.size() + f.chars.size() + f.bones.size() +
               f.tokens.size_bytes() + f.elements.size_bytes() + f.readings.size_bytes() +
               f.views.size_bytes() + f.alternatives.size_bytes();
    }
  }
  return total;
}

}  // namespace cordon::screen

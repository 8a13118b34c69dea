#include "cordon/screen/index.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "cordon/screen/evidence.hpp"
#include "cordon/screen/index_data.hpp"
#include "cordon/screen/keys.hpp"

namespace cordon::screen {
namespace {

// At most this many names are compared for one query: those that share the rarest keys with it.
constexpr std::size_t kCompared = 96;
// Postings are followed from the rarest on until this many names have been met.
constexpr std::size_t kMet = 60'000;

Key number_key(char kind, std::uint64_t number) {
  Key key = (number ^ static_cast<Key>(kind) << 56) * 0x9e3779b97f4a7c15u;
  key ^= key >> 32;
  return key * 0xbf58476d1ce4e5b9u;
}

// What a search needs, kept by each thread.
struct Work {
  struct Found {
    std::span<const std::uint32_t> names;
    Key key;
  };
  std::vector<Key> keys;
  std::vector<Found> found;
  std::vector<float> weight;           // by name; all 0 between searches
  std::vector<std::uint32_t> touched;  // names of some weight
  struct Entry {
    std::uint32_t entity, begin, end;  // names touched
    float weight;                      // of the heaviest
  };
  std::vector<Entry> entries;
  std::vector<std::uint32_t> numbered;  // entities that share an exact number
  EntryReader reader;
};
thread_local Work work;

// Keys of all names, sorted, each once.
void name_keys(const Subject& subject, std::vector<Key>& keys) {
  keys.clear();
  for (const SubjectName& name : subject.names) add_keys(name.name, true, keys);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

// The kinds of party that an entry may be of to be compared with this one.
std::span<const Party> comparable_with(Party party) {
  static constexpr std::array all = {Party::unknown, Party::person, Party::organisation, Party::vessel,
                                     Party::other};
  static constexpr std::array pairs = {
      std::array{Party::unknown, Party::unknown}, std::array{Party::unknown, Party::person},
      std::array{Party::unknown, Party::organisation}, std::array{Party::unknown, Party::vessel},
      std::array{Party::unknown, Party::other}};
  if (party == Party::unknown) return all;
  return pairs[static_cast<std::size_t>(party)];
}

// The entries worth comparing and their names, likeliest first.
void find_names(const Image& image, const Subject& subject, Work& w) {
  w.found.clear();
  for (const Key key : w.keys)
    for (const Party party : comparable_with(subject.party)) {
      const Key asked = key_of_party(key, party);
      if (const auto names = image.by_name[asked]; !names.empty()) w.found.push_back({names, asked});
    }
  std::sort(w.found.begin(), w.found.end(), [](const Work::Found& a, const Work::Found& b) {
    return a.names.size() != b.names.size() ? a.names.size() < b.names.size() : a.key < b.key;
  });
  if (w.weight.size() < image.names.size()) w.weight.resize(image.names.size(), 0.0f);
  w.touched.clear();
  std::size_t met = 0;
  for (const Work::Found& found : w.found) {
    if (met > 0 && met + found.names.size() > kMet) break;
    met += found.names.size();
    const float rarity = std::log(1.0f + 10'000.0f / static_cast<float>(found.names.size()));
    for (const std::uint32_t name : found.names) {
      if (w.weight[name] == 0.0f) w.touched.push_back(name);
      w.weight[name] += rarity;
    }
  }
  const auto rarer = [&](std::uint32_t x, std::uint32_t y) {
    return w.weight[x] != w.weight[y] ? w.weight[x] > w.weight[y] : x < y;
  };
  std::size_t kept = w.touched.size();
  if (kept > kCompared) {
    kept = kCompared;
    std::nth_element(w.touched.begin(), w.touched.begin() + kCompared, w.touched.end(), rarer);
  }
  const auto end = w.touched.begin() + static_cast<std::ptrdiff_t>(kept);
  std::for_each(end, w.touched.end(), [&](std::uint32_t name) { w.weight[name] = 0.0f; });
  w.touched.erase(end, w.touched.end());
  std::sort(w.touched.begin(), w.touched.end());
  w.entries.clear();
  for (std::uint32_t i = 0; i < kept; ++i) {
    const std::uint32_t name = w.touched[i], entity = image.names[name].entity;
    if (w.entries.empty() || w.entries.back().entity != entity) w.entries.push_back({entity, i, i, 0.0f});
    Work::Entry& entry = w.entries.back();
    entry.end = i + 1, entry.weight = std::max(entry.weight, std::exchange(w.weight[name], 0.0f));
    __builtin_prefetch(image.blocks.data() + std::size_t{image.names[name].block} * names::kBlock);
  }
  std::sort(w.entries.begin(), w.entries.end(), [](const Work::Entry& x, const Work::Entry& y) {
    return x.weight != y.weight ? x.weight > y.weight : x.entity < y.entity;
  });
}

}  // namespace

void number_keys(const Subject& subject, std::vector<Key>& keys) {
  if (subject.imo) keys.push_back(number_key('i', subject.imo));
  if (subject.imo_company) keys.push_back(number_key('c', subject.imo_company));
  if (subject.mmsi) keys.push_back(number_key('m', subject.mmsi));
  for (const std::string& number : subject.numbers) keys.push_back(number_key('t', hash_bytes(number)));
}

Index::Index(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

Index Index::over(const Image& image, std::shared_ptr<const void> memory) {
  auto data = std::make_unique<Data>();
  data->image = image;
  data->memory = std::move(memory);
  if (auto words = decode_words(image.words)) data->words = std::move(*words);
  for (std::size_t i = 0; i < image.size(); ++i) {
    const Row &row = image.rows[i], &next = image.rows[i + 1];
    data->size += next.first_name > row.first_name || next.first_number > row.first_number || row.imo ||
                  row.imo_company || row.mmsi;
  }
  return Index(std::move(data));
}

std::vector<Hit> Index::search(const Query& query, std::size_t limit, double cutoff) const {
  const Image& image = data_->image;
  const Subject subject = subject_of(query);
  Work& w = work;
  name_keys(subject, w.keys);
  find_names(image, subject, w);
  w.keys.clear(), w.numbered.clear();
  number_keys(subject, w.keys);
  for (const Key key : w.keys)
    for (const std::uint32_t entity : image.by_number[key])
      if (comparable(subject.party, static_cast<Party>(image.rows[entity].party)))
        w.numbered.push_back(entity);
  std::sort(w.numbered.begin(), w.numbered.end());
  w.numbered.erase(std::unique(w.numbered.begin(), w.numbered.end()), w.numbered.end());

  std::vector<Hit> hits;
  const auto better = [](const Hit& x, const Hit& y) {
    return x.score != y.score ? x.score > y.score : x.entity < y.entity;
  };
  const auto weigh = [&](std::uint32_t entity, const Subject& entry) {
    // Once there are as many as are shown, others must do as well as the last of them.
    const double least = hits.size() < limit || limit == 0 ? cutoff : std::max(cutoff, hits.back().score);
    const double s = score(subject, entry, least);
    if (s < least) return;
    const Hit hit{entity, s, s >= screen::threshold(), {}};
    hits.insert(std::upper_bound(hits.begin(), hits.end(), hit, better), hit);
    if (hits.size() > limit) hits.pop_back();
  };
  for (const std::uint32_t entity : w.numbered) weigh(entity, w.reader.read_all(image, entity));
  const std::span<const std::uint32_t> names = w.touched;
  for (const Work::Entry& entry : w.entries)
    if (!std::binary_search(w.numbered.begin(), w.numbered.end(), entry.entity))
      weigh(entry.entity,
            w.reader.read(image, entry.entity, names.subspan(entry.begin, entry.end - entry.begin),
                          !subject.numbers.empty()));
  // All names are heard for the few that are shown.
  for (Hit& hit : hits) {
    Verdict verdict = judge(subject, w.reader.read_all(image, hit.entity));
    hit.score = verdict.score, hit.match = verdict.match, hit.reasons = std::move(verdict.reasons);
  }
  std::stable_sort(hits.begin(), hits.end(), better);
  return hits;
}

bool Index::touches(const Query& query) const {
  const Image& image = data_->image;
  const Subject subject = subject_of(query);
  Work& w = work;
  name_keys(subject, w.keys);
  for (const Key key : w.keys)
    for (const Party party : comparable_with(subject.party))
      if (!image.by_name[key_of_party(key, party)].empty()) return true;
  w.keys.clear();
  number_keys(subject, w.keys);
  return std::any_of(w.keys.begin(), w.keys.end(), [&](Key key) { return !image.by_number[key].empty(); });
}

model::Entity Index::entity(std::uint32_t index) const {
  const Image& image = data_->image;
  const Row *row = &image.rows[index], *next = row + 1;
  auto entity =
      decode_record(image.records.substr(row->record_at, next->record_at - row->record_at), data_->words);
  return entity ? std::move(*entity) : model::Entity{};
}

std::size_t Index::size() const {
  return data_->size;
}
std::size_t Index::entities() const {
  return data_->image.size();
}
std::size_t Index::prepared() const {
  return data_->prepared;
}
const Image& Index::image() const {
  return data_->image;
}

bool Index::shares_memory(const Index& other) const {
  return data_->memory == other.data_->memory;
}

std::size_t Index::bytes() const {
  const Image& i = data_->image;
  const auto postings = [](const Postings& p) {
    return p.buckets.size_bytes() + p.rests.size_bytes() + p.begins.size_bytes() + p.items.size_bytes();
  };
  return i.rows.size_bytes() + i.names.size_bytes() + i.roles.size_bytes() + i.blocks.size() +
         i.elements.size_bytes() + i.dates.size_bytes() + i.countries.size_bytes() + i.numbers.size() +
         i.records.size() + i.words.size() + postings(i.by_name) + postings(i.by_number);
}

}  // namespace cordon::screen

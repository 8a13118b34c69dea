#include "cordon/screen/snapshot.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "cordon/base/bytes.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/lists/version.hpp"
#include "cordon/screen/image.hpp"
#include "cordon/screen/keys.hpp"

namespace cordon::screen {
namespace {

constexpr std::string_view kMagic = "CORDONIX";
constexpr std::uint32_t kFormat = 1;
constexpr std::uint32_t kOrder = 0x01020304;  // reads otherwise on a machine of the other byte order
constexpr std::size_t kPart = 8;              // parts start at multiples of it

enum Part {
  kRows,
  kNames,
  kRoles,
  kBlocks,
  kElements,
  kDates,
  kCountries,
  kNumbers,
  kRecords,
  kWords,
  kNameBuckets,
  kNameRests,
  kNameBegins,
  kNameItems,
  kNumberBuckets,
  kNumberRests,
  kNumberBegins,
  kNumberItems,
  kNotes,
  kParts
};

struct Head {
  std::array<char, 8> magic{};
  std::uint32_t format = kFormat, order = kOrder;
  std::uint64_t preparation = 0;
  std::uint64_t size = 0;                     // of the file
  std::array<std::uint64_t, kParts> parts{};  // bytes of each; they follow one another
  std::uint64_t body = 0;                     // hash of all parts
  std::uint64_t own = 0;                      // hash of the head before this field
};
static_assert(std::has_unique_object_representations_v<Head> && sizeof(Head) % kPart == 0);

std::uint64_t own_hash(const Head& head) {
  return hash_bytes({reinterpret_cast<const char*>(&head), offsetof(Head, own)});
}

std::size_t padding(std::uint64_t size) {
  return static_cast<std::size_t>((kPart - size % kPart) % kPart);
}

template <class T>
std::string_view bytes_of(std::span<const T> items) {
  return {reinterpret_cast<const char*>(items.data()), items.size_bytes()};
}

void put_text(std::string& out, std::string_view text) {
  const std::uint64_t size = text.size();
  out.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
}

std::optional<std::string> take_text(std::string_view& bytes) {
  std::uint64_t size = 0;
  if (bytes.size() < sizeof size) return std::nullopt;
  std::memcpy(&size, bytes.data(), sizeof size);
  bytes.remove_prefix(sizeof size);
  if (size > bytes.size()) return std::nullopt;
  std::string out(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return out;
}

std::optional<std::vector<ListNote>> decode_notes(std::string_view bytes) {
  std::vector<ListNote> lists;
  while (!bytes.empty()) {
    auto line = take_text(bytes), json = take_text(bytes), digest = take_text(bytes);
    if (!line || !json || !digest) return std::nullopt;
    lists.push_back({std::move(*line), std::move(*json), std::move(*digest)});
  }
  return lists;
}

template <class T>
bool fill(std::span<const T>& out, std::string_view part) {
  if (part.size() % sizeof(T) != 0) return false;
  out = {reinterpret_cast<const T*>(part.data()), part.size() / sizeof(T)};
  return true;
}

std::uint64_t hash_of(std::span<const std::string_view> parts) {
  std::uint64_t hash = 0;
  for (const std::string_view part : parts) hash = hash_bytes(part, hash);
  return hash;
}

}  // namespace

base::Result<ListNote> note_of(const lists::ListFile& file) {
  const auto version = lists::version_of(file);
  if (!version) return tl::unexpected(version.error());
  ListNote note{lists::describe(*version), {}, {}};
  lists::append_json(note.json, *version);
  for (const lists::ListPart& part : version->parts) note.digest += part.sha256;
  return note;
}

std::uint64_t preparation() {
  static const std::uint64_t made = [] {
    std::uint64_t hash = kFormat;
    for (const std::string& name : base::resource_names("names/"))
      if (const auto bytes = base::resource(name)) hash = hash_bytes(*bytes, hash);
    struct Probe {
      names::Kind kind;
      std::string_view name;
    };
    using names::Kind;
    constexpr std::array probes = {
        Probe{Kind::person, "KIM Jong Un"},
        Probe{Kind::person, "김정은 (金正恩)"},
        Probe{Kind::person, "Ким Чен Ын"},
        Probe{Kind::person, "Muhammad bin Abd al-Rahman Al-Zawahiri"},
        Probe{Kind::person, "محمد علي"},
        Probe{Kind::person, "S3rgei Ivanovich O'Neil-Petrov, Jr."},
        Probe{Kind::organisation, "조선광업개발무역회사"},
        Probe{Kind::organisation, "Korea Mining Development Trading Corp. (KOMID)"},
        Probe{Kind::organisation, "ООО Восток-7 Трейдинг GmbH"},
        Probe{Kind::organisation, "大连海运有限公司 VIII"},
        Probe{Kind::vessel, "M/V JI SONG No.6"},
        Probe{Kind::vessel, "을지봉 6호"},
        Probe{Kind::vessel, "ABCDEFGHIJKLMNOPQRST"},
        Probe{Kind::any, "キム・ジョンウン Holdings"}};
    names::ElementTable table;
    std::string blocks;
    std::vector<Key> keys;
    for (const Probe& probe : probes) {
      const names::PreparedName name(probe.name, probe.kind);
      names::pack(name.forms(), table, blocks);
      add_keys(name, false, keys);
    }
    hash = hash_bytes(blocks, hash);
    hash = hash_bytes(bytes_of(table.elements()), hash);
    return hash_bytes(bytes_of(std::span<const Key>(keys)), hash);
  }();
  return made;
}

std::string encode_notes(std::span<const ListNote> lists) {
  std::string out;
  for (const ListNote& list : lists)
    put_text(out, list.line), put_text(out, list.json), put_text(out, list.digest);
  return out;
}

std::vector<std::string_view> snapshot_pieces(const Index& index, std::string_view notes, std::string& head) {
  const Image& i = index.image();
  const std::array<std::string_view, kParts> parts = {bytes_of(i.rows),
                                                      bytes_of(i.names),
                                                      bytes_of(i.roles),
                                                      i.blocks,
                                                      bytes_of(i.elements),
                                                      bytes_of(i.dates),
                                                      bytes_of(i.countries),
                                                      i.numbers,
                                                      i.records,
                                                      i.words,
                                                      bytes_of(i.by_name.buckets),
                                                      bytes_of(i.by_name.rests),
                                                      bytes_of(i.by_name.begins),
                                                      bytes_of(i.by_name.items),
                                                      bytes_of(i.by_number.buckets),
                                                      bytes_of(i.by_number.rests),
                                                      bytes_of(i.by_number.begins),
                                                      bytes_of(i.by_number.items),
                                                      notes};
  static constexpr std::array<char, kPart> zeros{};
  Head h;
  std::copy(kMagic.begin(), kMagic.end(), h.magic.begin());
  h.preparation = preparation();
  h.size = sizeof(Head);
  std::vector<std::string_view> pieces = {{}};
  for (std::size_t p = 0; p < parts.size(); ++p) {
    h.parts[p] = parts[p].size();
    h.size += parts[p].size() + padding(parts[p].size());
    pieces.push_back(parts[p]);
    pieces.emplace_back(zeros.data(), padding(parts[p].size()));
  }
  h.body = hash_of(parts);
  h.own = own_hash(h);
  head.assign(reinterpret_cast<const char*>(&h), sizeof h);
  pieces.front() = head;
  return pieces;
}

base::Result<void> write_snapshot(const std::filesystem::path& path, const Index& index,
                                  std::span<const ListNote> lists) {
  auto file = base::OutputFile::create(path);
  if (!file) return tl::unexpected(file.error());
  const std::string notes = encode_notes(lists);
  std::string head;
  for (const std::string_view piece : snapshot_pieces(index, notes, head))
    if (auto done = file->write(piece); !done) return done;
  return file->commit();
}

void seal_snapshot(std::string& bytes) {
  Head head;
  if (bytes.size() < sizeof head) return;
  std::memcpy(&head, bytes.data(), sizeof head);
  head.size = bytes.size(), head.preparation = preparation();
  std::array<std::string_view, kParts> parts;
  std::string_view rest = std::string_view(bytes).substr(sizeof head);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (head.parts[p] > rest.size()) return;
    parts[p] = rest.substr(0, head.parts[p]);
    rest.remove_prefix(std::min<std::size_t>(rest.size(), head.parts[p] + padding(head.parts[p])));
  }
  head.body = hash_of(parts), head.own = own_hash(head);
  std::memcpy(bytes.data(), &head, sizeof head);
}

base::Result<Snapshot> open_snapshot(const std::filesystem::path& path) {
  auto mapped = base::MappedFile::open(path);
  if (!mapped) return tl::unexpected(mapped.error());
  const auto memory = std::make_shared<const base::MappedFile>(std::move(*mapped));
  return read_snapshot(memory->view(), memory, path.string());
}

base::Result<Index> keep_snapshot(const std::filesystem::path& path, std::span<const model::Entity> entities,
                                  std::span<const ListNote> lists) {
  // What cannot be used, or is not there, only costs the time to prepare everything.
  auto older = open_snapshot(path);
  Index index = older ? Index::update(older->index, entities) : Index::build(entities);
  if (older && index.shares_memory(older->index) && std::ranges::equal(older->lists, lists)) return index;
  if (const auto done = write_snapshot(path, index, lists); !done) return tl::unexpected(done.error());
  return index;
}

base::Result<Snapshot> read_snapshot(std::string_view bytes, std::shared_ptr<const void> memory,
                                     std::string_view name) {
  Head head;
  if (bytes.size() < kMagic.size() || bytes.substr(0, kMagic.size()) != kMagic)
    return base::fail("{}: not a snapshot of an index", name);
  if (bytes.size() < sizeof head)
    return base::fail("{}: a snapshot cut off after {} bytes; make it again", name, bytes.size());
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.order != kOrder)
    return base::fail("{}: a snapshot from a machine of another byte order; make it again here", name);
  if (head.format != kFormat)
    return base::fail("{}: a snapshot of format {}, expected {}; make it again", name, head.format, kFormat);
  if (head.own != own_hash(head)) return base::fail("{}: a damaged snapshot (its head); make it again", name);
  if (head.size != bytes.size())
    return base::fail("{}: a snapshot of {} bytes, expected {}; make it again", name, bytes.size(),
                      head.size);
  if (head.preparation != preparation())
    return base::fail("{}: a snapshot made by another version of the program or of its data; make it again",
                      name);
  std::array<std::string_view, kParts> parts;
  std::string_view rest = bytes.substr(sizeof head);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (head.parts[p] > rest.size() || padding(head.parts[p]) > rest.size() - head.parts[p])
      return base::fail("{}: a damaged snapshot (sizes of its parts); make it again", name);
    parts[p] = rest.substr(0, head.parts[p]);
    rest.remove_prefix(head.parts[p] + padding(head.parts[p]));
  }
  if (!rest.empty() || head.body != hash_of(parts))
    return base::fail("{}: a damaged snapshot (its checksum differs); make it again", name);
  Image i;
  i.blocks = parts[kBlocks], i.numbers = parts[kNumbers], i.records = parts[kRecords],
  i.words = parts[kWords];
  const bool whole =
      fill(i.rows, parts[kRows]) && fill(i.names, parts[kNames]) && fill(i.roles, parts[kRoles]) &&
      fill(i.elements, parts[kElements]) && fill(i.dates, parts[kDates]) &&
      fill(i.countries, parts[kCountries]) && fill(i.by_name.buckets, parts[kNameBuckets]) &&
      fill(i.by_name.rests, parts[kNameRests]) && fill(i.by_name.begins, parts[kNameBegins]) &&
      fill(i.by_name.items, parts[kNameItems]) && fill(i.by_number.buckets, parts[kNumberBuckets]) &&
      fill(i.by_number.rests, parts[kNumberRests]) && fill(i.by_number.begins, parts[kNumberBegins]) &&
      fill(i.by_number.items, parts[kNumberItems]);
  auto lists = decode_notes(parts[kNotes]);
  if (!whole || !lists || !decode_words(i.words))
    return base::fail("{}: a damaged snapshot (its parts); make it again", name);
  if (const auto error = image_error(i))
    return base::fail("{}: a damaged snapshot ({}); make it again", name, *error);
  return Snapshot{Index::over(i, std::move(memory)), std::move(*lists)};
}

}  // namespace cordon::screen

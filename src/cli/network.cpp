// cordon network control | paths | export
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "common.hpp"
#include "cordon/base/json.hpp"
#include "cordon/lists/lists.hpp"
#include "cordon/network/control.hpp"
#include "cordon/network/listed.hpp"
#include "cordon/network/paths.hpp"
#include "cordon/network/read.hpp"
#include "cordon/network/write.hpp"

namespace cordon::cli {
namespace {

using base::Result;
using network::Graph;

struct Common {
  std::vector<std::filesystem::path> graphs, lists;
  std::string listed, as_of;
  Output output;
};

void add_common(CLI::App& command, Common& common) {
  command
      .add_option(
          "-g,--graph", common.graphs,
          "network: FtM or BODS JSON, owner,owned,pct CSV, nodes/edges CSV, GLEIF CSV, cordon JSON; may "
          "be given several times")
      ->required();
  command.add_option("--listed", common.listed,
                     "ids of listed parties: one a line, or CSV id[,authority,start,end]");
  command.add_option("--lists", common.lists,
                     "sanctions lists (files or folders) that list nodes by id or exact name");
  command.add_option("--as-of", common.as_of, "the day asked about, YYYY-MM-DD (today)");
}

Result<base::Date> day_of(const Common& common) {
  if (common.as_of.empty()) return today();
  const auto date = base::parse_date(common.as_of);
  if (!date || !date->complete())
    return base::fail("--as-of: expected a day such as 2026-01-31, found '{}'", common.as_of);
  return *date;
}

Result<Graph> graph_of(const Common& common) {
  Graph::Builder builder;
  for (const auto& path : common.graphs)
    if (auto done = network::read_into(builder, path); !done) return tl::unexpected(done.error());
  if (!common.listed.empty()) {
    const auto text = base::read_file(common.listed);
    if (!text) return tl::unexpected(text.error());
    if (const auto found = network::mark_listed_ids(builder, *text, common.listed); !found)
      return tl::unexpected(found.error());
  }
  if (!common.lists.empty()) {
    const auto set = lists::read_lists(common.lists);
    if (!set) return tl::unexpected(set.error());
    const network::ListedCount count = network::mark_listed(builder, set->files);
    note(fmt::format("{} nodes listed by id, {} by exact name (a name alone is no proof of identity)",
                     count.by_id, count.by_name));
  }
  Graph graph = std::move(builder).build();
  if (!graph.warnings().empty())
    note(fmt::format("network: {} oddities: {}", graph.warnings().total(), graph.warnings().summary()));
  if (graph.listed().empty()) note("no node of the network is listed: give --listed or --lists");
  return graph;
}

// Reads the network and the day, then runs body(graph, day, file) into the output.
template <class Body>
void with_graph(Exit& exit, const Common& common, const Body& body) {
  const auto day = day_of(common);
  if (!day) return report(exit, day.error(), kUsage);
  const auto graph = graph_of(common);
  if (!graph) return report(exit, graph.error());
  with_output(exit, common.output, [&](base::OutputFile& file) { return body(*graph, *day, file); });
}

struct ControlOptions : Common {
  std::string rule, view = "rule", node;
  std::vector<std::string> only;
  std::size_t proof_steps = 50;
  bool no_proof = false;
};

Result<void> write_interest(const Graph& graph, const base::Date& day, base::OutputFile& file) {
  const std::vector<double> interest = network::economic_interest(graph, day);
  std::string line;
  for (network::NodeId node = 0; node < graph.node_count(); ++node) {
    line.clear();
    base::JsonWriter json(line);
    json.begin_object();
    json.field("id", graph.id(node));
    json.field("caption", graph.caption(node));
    json.fixed_field("interest", interest[node], 4);
    json.end_object();
    line += '\n';
    if (auto done = file.write(line); !done) return done;
  }
  return {};
}

Result<void> write_control(const ControlOptions& options, const Graph& graph, const base::Date& day,
                           base::OutputFile& file) {
  if (options.view == "interest") return write_interest(graph, day, file);
  const auto assessed = network::Control::assess(graph, *network::parse_rule(options.rule), day);
  if (!assessed) return tl::unexpected(assessed.error());
  note(fmt::format("rule {} on {}: {} ({}{})", options.rule, base::to_string(day), assessed->rule().text,
                   assessed->rule().citation,
                   assessed->rule().verified_in.empty() ? "; not verified in a source text" : ""));
  network::NodeId begin = 0, end = static_cast<network::NodeId>(graph.node_count());
  if (!options.node.empty()) {
    const auto node = graph.find(options.node);
    if (!node) return base::fail("--node: the network has no '{}'", options.node);
    begin = *node;
    end = begin + 1;
  }
  std::string line;
  for (network::NodeId node = begin; node < end; ++node) {
    const network::ControlVerdict verdict = assessed->of(node);
    const std::string_view word = to_string(verdict.verdict);
    if (!options.only.empty() &&
        std::find(options.only.begin(), options.only.end(), word) == options.only.end())
      continue;
    line.clear();
    if (options.no_proof) {
      network::append_verdict(line, graph, verdict, nullptr);
    } else {
      const network::Proof proof = assessed->prove(node, options.proof_steps);
      network::append_verdict(line, graph, verdict, &proof);
    }
    line += '\n';
    if (auto done = file.write(line); !done) return done;
  }
  return {};
}

void add_control(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<ControlOptions>();
  CLI::App* command =
      verb.add_subcommand("control", "who is owned or controlled by a listed party, rule by rule");
  add_common(*command, *options);
  command->add_option("--rule", options->rule, "OFAC, EU, UK, CA (SEMA s. 2.1), UN or CA-UN")
      ->check(CLI::IsMember({"OFAC", "EU", "UK", "CA", "UN", "CA-UN"}, CLI::ignore_case));
  command
      ->add_option("--view", options->view,
                   "rule, or interest: shares multiplied along chains, no rule's test")
      ->check(CLI::IsMember({"rule", "interest"}))
      ->capture_default_str();
  command->add_option("--node", options->node, "only this node");
  command->add_option("--only", options->only, "only these verdicts: blocked,possible,unknown,no")
      ->delimiter(',')
      ->check(CLI::IsMember({"blocked", "possible", "unknown", "no"}));
  command->add_option("--proof-steps", options->proof_steps, "longest proof")->capture_default_str();
  command->add_flag("--no-proof", options->no_proof, "verdicts and shares only");
  add_output(*command, options->output, {"ndjson"});
  command->footer(
      "cordon network control --graph owners.csv --listed ids.txt --rule OFAC --as-of 2026-01-31");
  command->callback([options, &exit] {
    if (options->view == "rule" && options->rule.empty())
      return report(exit, base::Error{"network control: expected --rule"}, kUsage);
    with_graph(exit, *options, [&](const Graph& graph, const base::Date& day, base::OutputFile& file) {
      return write_control(*options, graph, day, file);
    });
  });
}

struct PathOptions : Common {
  std::vector<std::string> from;
  std::string to = "listed";
  unsigned k = 5, max_hops = 6;
  bool owners = false, current = false;
};

Result<void> write_paths(const PathOptions& options, const Graph& graph, const base::Date& day,
                         base::OutputFile& file) {
  network::PathQuery query;
  if (options.to != "listed") {
    const auto to = graph.find(options.to);
    if (!to) return base::fail("--to: the network has no '{}'", options.to);
    query.to = *to;
  }
  query.k = options.k;
  query.max_hops = options.max_hops;
  query.as_of = day;
  query.owners_only = options.owners;
  query.all_statuses = !options.current;
  network::PathFinder finder(graph);
  if (options.from.size() >= network::PathFinder::kWorthPreparing) finder.prepare();
  std::string line;
  for (const std::string& id : options.from) {
    const auto from = graph.find(id);
    if (!from) return base::fail("--from: the network has no '{}'", id);
    query.from = *from;
    for (const network::Path& path : finder.paths(query)) {
      line.clear();
      network::append_path(line, graph, query.from, path);
      line += '\n';
      if (auto done = file.write(line); !done) return done;
    }
  }
  return {};
}

void add_paths(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<PathOptions>();
  CLI::App* command =
      verb.add_subcommand("paths", "the cheapest ways from a party to a listed one, step by step");
  add_common(*command, *options);
  command->add_option("--from", options->from, "id to start from; may be given several times")
      ->required()
      ->delimiter(',');
  command->add_option("--to", options->to, "an id, or listed")->capture_default_str();
  command->add_option("-k", options->k, "how many ways")->capture_default_str()->check(CLI::Range(1u, 1000u));
  command->add_option("--max-hops", options->max_hops, "longest way")
      ->capture_default_str()
      ->check(CLI::Range(1u, 64u));
  command->add_flag("--owners", options->owners,
                    "only from what is owned or controlled to who owns or controls it");
  command->add_flag("--current", options->current, "leave out what is denied, withdrawn or set aside");
  add_output(*command, options->output, {"ndjson"});
  command->footer(
      "cordon network paths --graph network.json --from chinpo --to listed -k 3 --as-of 2014-08-01");
  command->callback([options, &exit] {
    with_graph(exit, *options, [&](const Graph& graph, const base::Date& day, base::OutputFile& file) {
      return write_paths(*options, graph, day, file);
    });
  });
}

void add_export(CLI::App& verb, Exit& exit) {
  auto options = std::make_shared<Common>();
  CLI::App* command = verb.add_subcommand("export", "the network for drawing tools or exchange");
  add_common(*command, *options);
  add_output(*command, options->output, {"gexf", "graphml", "ftm"});
  command->footer("cordon network export --graph network.json --format graphml -o network.graphml");
  command->callback([options, &exit] {
    with_graph(exit, *options, [&](const Graph& graph, const base::Date&, base::OutputFile& file) {
      Result<void> done;
      network::export_graph(graph, *network::parse_export(options->output.format),
                            [&](std::string_view text) {
                              done = file.write(text);
                              return done.has_value();
                            });
      return done;
    });
  });
}

}  // namespace

void add_network(CLI::App& app, Exit& exit) {
  CLI::App* verb = app.add_subcommand("network", "ownership and control, and ways through a network");
  verb->require_subcommand(1);
  add_control(*verb, exit);
  add_paths(*verb, exit);
  add_export(*verb, exit);
}

}  // namespace cordon::cli

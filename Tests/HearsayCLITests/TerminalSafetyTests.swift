import Foundation
import Hearsay
import HearsayText
import Testing

/// Text of somebody who would control the reader's terminal: each kind of character once, between words.
private let hostile =
  "evil\u{1B}[2J\u{07}\u{9B}2J\u{7F}\u{85}\u{61C}\u{200E}\u{200F}\u{202E}\u{2066}\u{2069}\u{2028}word"

/// What no terminal may get: control characters, direction marks, line separators.
private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x0A: false
  case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}

/// The output without the colours, the progress line's return and the line breaks of CSV, which are our own.
private func withoutOwn(_ output: String) -> String {
  var scalars = String.UnicodeScalarView()
  let all = Array(output.unicodeScalars)
  var i = 0
  while i < all.count {
    if all[i] == "\r", i + 1 < all.count, all[i + 1] == "\n" {
      i += 1
    } else if all[i...].starts(with: "\r\u{1B}[K".unicodeScalars) {
      i += 4
    } else if all[i] == "\u{1B}",
      let end = all[i...].dropFirst(2).firstIndex(where: { !("0"..."9" ~= $0 || $0 == ";") }),
      all[i + 1] == "[", all[end] == "m"
    {
      i = end + 1
    } else {
      scalars.append(all[i])
      i += 1
    }
  }
  return String(scalars)
}

@Suite("Nothing from documents, files or programs controls a terminal")
struct TerminalSafetyTests {
  let folder: TemporaryFolder
  let document: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    let text = "\"The Harbour Authority \(hostile) failed and lied,\" Ann Lee \(hostile) said. It rained."
    var json = JSONWriter()
    json.beginObject()
    json.member("id", .string(hostile))
    json.member("text", .string(text))
    json.member(
      "meta",
      .object([
        .init("title", .string(hostile)), .init("source", .string(hostile)), .init(hostile, .string(hostile)),
      ]))
    json.member(
      "warnings",
      .array([
        .object([.init("kind", .string(hostile)), .init("message", .string(hostile)), .init("spans", .array([]))])
      ]))
    json.member(
      "stances",
      .array([
        .object([
          .init("target", .string(hostile)), .init("holder", .string(hostile)), .init("label", .string("against")),
          .init("score", .number("-0.5")), .init("spans", .array([])), .init("evidence", .array([])),
        ])
      ]))
    json.endObject()
    json.newline()
    document = json.bytes
    try folder.file(
      "in.jsonl", Data(document + Array("{\"id\":\"\(hostile.dropLast(99))\",\"text\":7}\nno document\n".utf8)))
    try folder.file("evil\u{1B}[2J\u{202E}.txt", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) }))
    // YAML has escapes for all of them, and takes direction marks as they are.
    let escaped = "evil\\e[2J\\x07\\x9b2J\\x7f\\x85\\u061c\\u200f\\u202e\\u2066\\u2028word"
    try folder.file(
      "p.yaml",
      """
      name: "\(escaped)"
      description: "\(escaped)"
      stages:
        - split-sentences
        - extract-quotes
        - score-stance
        - exec: { command: [sh, -c, "cat; printf 'evil\\\\033[2J\\\\302\\\\233word\\\\n' >&2"] }
        - export: { path: "${OUT:--}", format: "${FORMAT:-jsonl}" }
      input: { layers: [warnings, stances] }
      on_error: skip
      tests:
        - name: "\(escaped)"
          text: "\(escaped)"
          expect: { text: "other \(escaped)", sentences: ["\(escaped)"] }
      """)
    try folder.file(
      "sum.yaml",
      """
      stages: [summarize-stance: { format: "${FORMAT:-text}", by: [holder, target, source] }]
      input: { layers: [stances] }
      on_error: skip
      """
    )
    try folder.file(
      "bad.yaml",
      """
      stages:
        - "\(escaped)"
        - "evil\u{202E}\u{2066}\u{200F}word\u{7F}"
        - clean: { "\(escaped)": 1, unglue: "\(escaped)" }
      on_error: "\(escaped)"
      plugins: ["\(escaped).so"]
      """)
    try folder.file("raw.yaml", "stages: [\u{1B}[2J\u{9B}evil\u{202E}word]\n")
    try folder.file(
      "fails.yaml",
      """
      stages:
        - exec: { command: [sh, -c, "printf 'evil\\\\033[2J\\\\302\\\\233word\\\\n' >&2; echo 'evil\u{202E}word'; exit 3"] }
        - export: { path: "\(escaped)/\(escaped)" }
      """)
  }

  @Test(arguments: [
    "explain p.yaml in.jsonl", "explain p.yaml in.jsonl --why", "explain p.yaml in.jsonl --id \"$EVIL\"",
    "explain fails.yaml in.jsonl", "validate p.yaml bad.yaml raw.yaml \"$EVIL.yaml\"", "test p.yaml bad.yaml",
    "run p.yaml in.jsonl -o o.jsonl --restart", "run p.yaml --stdio < in.jsonl",
    "run p.yaml in.jsonl --log-format json",
    "run p.yaml in.jsonl", "FORMAT=csv run p.yaml in.jsonl", "FORMAT=text run p.yaml in.jsonl",
    "OUT=/dev/stdout run p.yaml in.jsonl", "FORMAT=csv OUT=/dev/stdout run p.yaml in.jsonl",
    "run sum.yaml in.jsonl", "FORMAT=csv run sum.yaml in.jsonl", "run fails.yaml in.jsonl", "run bad.yaml in.jsonl",
    "stage split-sentences in.jsonl evil* \"$EVIL\"", "run p.yaml evil*", "run p.yaml \"$EVIL\"", "stages \"$EVIL\"",
    "stage \"$EVIL\"", "\"$EVIL\"", "--\"$EVIL\"", "run p.yaml --set \"$EVIL=1\"", "run p.yaml --plugin \"$EVIL\"",
    "new plugin \"$EVIL\"", "new plugin Evil --path in.jsonl/\"$EVIL\" --hearsay \"$EVIL\"",
  ])
  func noVerbHandsThemOn(_ verb: String) throws {
    for terminal in ["xterm", "dumb"] {
      let settings =
        verb.prefix { $0 != " " }.contains("=") ? verb.split(separator: " ").prefix { $0.contains("=") } : []
      let command = verb.dropFirst(settings.map { $0.count + 1 }.reduce(0, +))
      let line = "\(settings.joined(separator: " ")) TERM=\(terminal) hearsay \(command)"
      let result = try Binary.terminal("EVIL=$(cat evil); \(line)", folder: writingEvil())
      let output = withoutOwn(result.output)
      let scalars = output.unicodeScalars.filter(isForbidden).map { String($0.value, radix: 16) }
      #expect(scalars.isEmpty, "\(output.debugDescription)")
      #expect(output.lowercased().contains("evil"), "\(output)")
    }
  }

  private func writingEvil() throws -> URL {
    try folder.file("evil", hostile)
    return folder.url
  }

  @Test(arguments: ["run p2.yaml in2.jsonl", "explain p2.yaml in2.jsonl"])
  func anIDIsNoMessageOfItsOwn(_ verb: String) throws {
    try folder.file("p2.yaml", "stages: [exec: { command: [\"false\"] }, export]\non_error: skip\n")
    try folder.file("in2.jsonl", #"{"id":"a\nerror: all is lost\r\nerror: go","text":"It rained."}"# + "\n")
    let result = try Binary.shell("hearsay \(verb)", folder: folder.url)
    #expect(result.status == 1 && result.errors.contains("document 'a⏎error: all is lost"), "\(result.errors)")
    #expect(!(result.output + result.errors).contains("\nerror: all is lost"))
  }

  @Test func linesOfJSONStayWhatTheySay() throws {
    let result = try Binary.terminal("hearsay run p.yaml in.jsonl --quiet 2> /dev/null", folder: folder.url)
    let line = try #require(result.output.split(separator: "\n").first)
    let value = try JSONReader.value(of: Array(line.utf8))
    #expect(value["id"]?.stringValue == hostile && value["meta"]?["source"]?.stringValue == hostile)
    #expect(value["meta"]?[hostile]?.stringValue == hostile)
    #expect(line.contains("\\u202e") && line.contains("\\u009b") && line.contains("\\u007f"))
  }

  @Test("Files and pipes get the bytes as they are", arguments: ["jsonl", "csv", "text"])
  func filesAndPipesAreAsBefore(_ format: String) throws {
    let result = try Binary.shell(
      "FORMAT=\(format) hearsay run p.yaml in.jsonl --quiet | cat; FORMAT=\(format) OUT=out hearsay run p.yaml in.jsonl --quiet; true",
      folder: folder.url)
    let file = String(decoding: try Data(contentsOf: folder.url.appendingPathComponent("out")), as: UTF8.self)
    #expect(result.output == file)
    #expect(file.contains("\u{202E}\u{2066}\u{2069}"))
    if format == "csv" { #expect(file.contains(hostile)) }
  }

  @Test func aTableInAFileIsAsBefore() throws {
    let result = try Binary.shell("FORMAT=csv hearsay run sum.yaml in.jsonl --quiet", folder: folder.url)
    #expect(result.output.contains("\u{202E}"), "\(result.output)")
  }
}

import Hearsay
import HearsayPipeline
import TestSupport
import Testing

@Suite("YAML is read with places, and hostile YAML is refused")
struct YAMLReaderTests {
  private func read(_ bytes: [UInt8]) -> (node: ConfigNode?, problems: [Diagnostic]) {
    var problems: [Diagnostic] = []
    let node = YAMLReader(file: "p.yaml").node(of: bytes, &problems)
    return (node, problems)
  }

  private func problems(_ yaml: String) -> [String] { read(Array(yaml.utf8)).problems.map(\.short) }

  @Test func placesCountCodePoints() throws {
    let (node, problems) = read(Array("é: 1\r\nlist: [\"ü🎈\", bcd]\n".utf8))
    #expect(problems.isEmpty)
    guard case .map(let entries) = node?.content, case .list(let items) = entries.last?.value.content else {
      Issue.record("not the tree that stands there")
      return
    }
    #expect(entries[0].keyPlace == SourcePlace(file: "p.yaml", line: 1, column: 1, width: 1, text: "é: 1"))
    #expect(entries[1].keyPlace.width == 4)
    let line = "list: [\"ü🎈\", bcd]"
    #expect(items[0].place == SourcePlace(file: "p.yaml", line: 2, column: 8, width: 4, text: line))
    #expect(items[1].place == SourcePlace(file: "p.yaml", line: 2, column: 14, width: 3, text: line))
    #expect(items[0].content == .scalar("ü🎈", isQuoted: true))
    #expect(items[1].content == .scalar("bcd", isQuoted: false))
  }

  @Test(
    "lines are those of the file, whatever ends them",
    arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"])
  func lines(ending: String) {
    let (node, _) = read(Array("a: 1\(ending)b: 2\(ending)".utf8))
    guard case .map(let entries) = node?.content else {
      Issue.record("no map")
      return
    }
    #expect(entries.map(\.keyPlace.line) == [1, 2])
    #expect(entries.map(\.keyPlace.text) == ["a: 1", "b: 2"])
  }

  @Test(
    "what cannot be used is said at its place",
    arguments: [
      ("", "1:1: the file holds nothing"),
      ("# only words\n", "2:1: the file holds nothing"),
      ("a: 1\nb: 2\na: 3\n", "3:1: key 'a' stands here twice, first on line 1"),
      ("a: 1\n---\nb: 2\n", "2:1: a second document begins here; a file holds one"),
      ("[a]: 1\n", "1:1: a key must be one value, found a list"),
      ("a: &x [*x]\n", "1:8: alias '*x' stands inside what it names"),
      ("a: &base 1\nb: *bsae\n", "2:4: no '&bsae' stands before this alias (base)"),
      ("a: &x {b: 1}\nc:\n  <<: *x\n", "3:3: merge keys ('<<') are not supported; write the keys out"),
      ("a: !secret 1\n", "1:4: tag '!secret' means nothing here"),
      ("a:\n\t- b\n", "2:1: a tab cannot indent YAML; use spaces"),
      ("a: @b\n", "1:4: a value cannot begin with '@'; put it in quotation marks"),
      ("a: b: c\n", "1:5: a ':' cannot stand here; check the indentation, or put the value in quotation marks"),
      ("a: 1\nb: \u{7}\n", "2:4: a control character cannot stand in YAML"),
    ])
  func refused(yaml: String, message: String) { #expect(problems(yaml) == [message]) }

  @Test func whatIsNotUTF8IsFoundAtItsLine() {
    #expect(
      read(Array("a: é\nb: ".utf8) + [0xFF]).problems.map(\.short) == ["2:4: not valid UTF-8; save the file as UTF-8"])
  }

  @Test func anAliasStandsForItsNode() throws {
    let node = try #require(read(Array("a: &x [1, 2]\nb: *x\n".utf8).self).node)
    #expect(node.json == ["a": [1, 2], "b": [1, 2]])
  }

  @Test func aBillionLaughsAreRefused() {
    var yaml = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for i in 1...40 {
      yaml += "a\(i): &a\(i) [" + Array(repeating: "*a\(i - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(problems(yaml) == ["6:10: the file has more than 100000 values, aliases counted in full"])
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func depthIsBounded(opening: String) {
    let found = problems(String(repeating: opening, count: 50_000))
    #expect(found.count == 1)
    #expect(found[0].hasSuffix("lists and maps are nested deeper than 64"))
  }

  @Test func depthUpToTheBoundIsRead() {
    #expect(problems(String(repeating: "[", count: 60) + String(repeating: "]", count: 60)).isEmpty)
  }

  @Test func aHugeFileIsRefused() {
    #expect(
      read([UInt8](repeating: 0x20, count: (8 << 20) + 1)).problems.map(\.short) == [
        "1:1: the file is longer than 8 MB"
      ])
  }

  @Test("a file of nothing but mistakes is read in good time", .timeLimit(.minutes(10)))
  func manyMistakes() {
    let anchors = (0..<20_000).map { "&anchor\($0) x" }.joined(separator: ", ")
    let aliases = (0..<20_000).map { "*alias\($0)" }.joined(separator: ", ")
    #expect(problems("[\(anchors), \(aliases)]").count == 20_000)
    let environment = Dictionary(uniqueKeysWithValues: (0..<100).map { ("VARIABLE\($0)", "") })
    let variables = (0..<20_000).map { "${UNSET\($0)}" }.joined()
    #expect(mistakes("name: \"\(variables)\"\nstages: [split]", environment: environment).count == 20_000)
    let keys = (0..<20_000).map { "unknown\($0): x" }.joined(separator: ", ")
    #expect(mistakes("stages: [split: {\(keys)}]").count == 20_000)
  }

  @Test("no bytes at all make it trap")
  func fuzz() {
    let seed = Array("a: &x [1, \"b\", 'c']\nd: {e: *x, f: |\n  g\n }\n- !!str h # é\n? k\n".utf8)
    var random = SplitMix(seed: 7)
    for _ in 0..<3_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(seed[Int.random(in: 0..<seed.count, using: &random)], at: at)
        default: bytes.remove(at: at)
        }
      }
      let (node, problems) = read(bytes)
      #expect(node != nil || !problems.isEmpty)
    }
  }
}

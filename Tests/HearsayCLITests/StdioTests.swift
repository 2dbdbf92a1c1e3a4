import Foundation
import Hearsay
import Testing

@Suite("hearsay run --stdio answers each line")
struct StdioTests {
  let folder: TemporaryFolder
  let pipeline: String

  init() throws {
    folder = try TemporaryFolder()
    pipeline = try folder.file(
      "p.yaml",
      """
      stages:
        - deduplicate
        - exec: { command: [sed, -u, "s/^.*bad.*$/nonsense/"] }
        - split-sentences
        - export: { path: never.jsonl }
      on_error: stop
      """
    ).path
  }

  @Test(arguments: [1, 4])
  func oneLineForEachInOrder(_ workers: Int) throws {
    var input = ""
    for number in 0..<200 {
      switch number % 5 {
      case 1: input += "{\"id\":\"d\(number)\",\"text\":\"It rained on 0.\"}\n"
      case 2: input += "no document \(number)\n"
      case 3: input += "{\"id\":\"d\(number)\",\"text\":\"a bad \(number)\",\"extra\":[1],\"error\":\"old\"}\n"
      default: input += "{\"id\":\"d\(number)\",\"text\":\"It rained on \(number). Ann left.\"}\n"
      }
    }
    let result = try Binary.run(
      ["run", pipeline, "--stdio", "--workers", "\(workers)"], input: input, folder: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    let answers = try result.output.split(separator: "\n").map { try JSONReader.value(of: Array($0.utf8)) }
    try #require(answers.count == 200)
    for (number, answer) in answers.enumerated() {
      switch number % 5 {
      case 1 where number > 1:
        #expect(
          answer.json
            == "{\"id\":\"d\(number)\",\"dropped\":{\"stage\":\"deduplicate\",\"reason\":\"duplicate\",\"detail\":\"of d1\"}}"
        )
      case 2:
        #expect(answer["raw"]?.stringValue == "no document \(number)\n")
        #expect(answer["error"]?["stage"] == .null)
      case 3:
        #expect(answer["id"]?.stringValue == "d\(number)" && answer["extra"]?.json == "[1]")
        #expect(answer["error"]?["stage"]?.stringValue == "exec")
        #expect(answer["error"]?["message"]?.stringValue?.isEmpty == false)
      default:
        #expect(answer["sentences"]?.arrayValue?.isEmpty == false && answer["error"] == nil, "\(answer.json)")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("never.jsonl").path))
  }

  /// First lines that would make another thing of a file; whether they are a document.
  static let firstLines: [(what: String, line: [UInt8], isDocument: Bool)] = [
    ("a NUL", [0], false),
    ("a NUL in an object", Array("{\"text\":\"\u{0}\"}".utf8), false),
    ("UTF-16", [0xFF, 0xFE] + "{\"text\":\"a\"}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, false),
    ("UTF-32", "{\"text\":\"a\"}".utf8.flatMap { [0, 0, 0, $0] }, false),
    ("gzip", [0x1F, 0x8B, 0x08, 0x00], false),
    ("Zstandard", [0x28, 0xB5, 0x2F, 0xFD, 0x00], false),
    ("zip", [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 40), false),
    (
      "tar", [UInt8](repeating: 0, count: 257) + Array("ustar".utf8) + [UInt8](repeating: 0, count: 250), false
    ),
    ("PDF", Array("%PDF-1.7".utf8), false),
    ("control characters", [UInt8](repeating: 1, count: 50), false),
    ("an array", Array("[{\"text\":\"a\"},".utf8), false),
    ("a web archive", Array("WARC/1.0".utf8), false),
    ("a page", Array("<html>".utf8), false),
    ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("{\"text\":\"a\"}".utf8), true),
    ("a part of a byte order mark", [0xEF, 0xBB], false),
    ("an object", Array("{\"text\":\"a\"}".utf8), true),
  ]

  @Test("Each line has its answer, whatever the first one holds", arguments: StdioTests.firstLines)
  func fiveAnswers(_ first: (what: String, line: [UInt8], isDocument: Bool)) throws {
    let rest = "{\"id\":\"b\",\"text\":\"It rained.\"}\n\nno document\n[1]\n{\"id\":\"e\",\"text\":\"Ann left.\"}\n"
    let result = try Binary.run(
      ["run", pipeline, "--stdio"], bytes: Data(first.line + [0x0A] + Array(rest.utf8)), folder: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    let answers = try result.output.split(separator: "\n").map { try JSONReader.value(of: Array($0.utf8)) }
    try #require(answers.count == 5, "\(result.output)")
    #expect(answers.map { $0["error"] == nil } == [first.isDocument, true, false, false, true])
    #expect(answers.map { $0["id"]?.stringValue } == ["stdin#0", "b", "stdin#2", "stdin#3", "e"])
    #expect(answers[2]["raw"]?.stringValue == "no document\n")
  }

  @Test func answersDoNotWaitForMoreInput() throws {
    // The second document is sent only once the first is answered: it would wait for ever otherwise.
    let line = """
      coproc W { hearsay run '\(pipeline)' --stdio; }
      for n in 1 2 3; do echo "{\\"text\\":\\"Number $n.\\"}" >&${W[1]}; read -t 20 -r answer <&${W[0]} && echo "$answer"; done
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output.split(separator: "\n").count == 3, "\(result.errors)")
  }

  @Test(arguments: [["-o", "x"], ["input.jsonl"]])
  func itHasNoOtherInputsOrOutputs(_ more: [String]) throws {
    #expect(try Binary.run(["run", pipeline, "--stdio"] + more).status == 2)
  }
}

@Suite("A signal ends a run in good order")
struct SignalTests {
  @Test(arguments: [("INT", 130), ("TERM", 143), ("HUP", 129)])
  func whatIsInWorkIsFinished(_ signal: String, _ status: Int32) throws {
    // The input never ends; all that was read by the time of the signal comes out whole.
    let folder = try TemporaryFolder()
    let output = folder.url.appendingPathComponent("out.jsonl").path
    let line = """
      yes '{"text":"It rained. She left."}' | hearsay run pipelines/quotes.yaml -o - --quiet > '\(output)' & run=$!
      until [ -s '\(output)' ]; do sleep 0.05; done
      kill -\(signal) $run; wait $run; echo $?
      """
    let result = try Binary.shell(line)
    #expect(result.output == "\(status)\n", "\(result.errors)")
    #expect(result.errors.contains("ending: finishing the documents in work"))
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(text.hasSuffix("}\n"))
  }

  @Test func aSecondOneEndsAtOnceWithItsPrograms() throws {
    let folder = try TemporaryFolder()
    let line = """
      hearsay stage exec --set command='echo $$ > pid; exec sleep 600' <<< 'It rained.' & run=$!
      until [ -s pid ]; do sleep 0.05; done
      kill -INT $run; sleep 0.3; kill -INT $run; wait $run; echo $?
      """
    let start = Date()
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output == "130\n", "\(result.errors)")
    #expect(Date().timeIntervalSince(start) < 30)
    let child = try String(contentsOf: folder.url.appendingPathComponent("pid"), encoding: .utf8)
    let number = try #require(pid_t(child.trimmingCharacters(in: .whitespacesAndNewlines)))
    #if os(Linux)
      usleep(200_000)
      // Gone, or a zombie that nobody waits for in a container.
      let state = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
      #expect(state == nil || state?.contains(") Z ") == true)
    #endif
  }
}

import Foundation
import Testing

@Suite("Closed, full and abandoned standard streams")
struct StandardStreamsTests {
  let folder: TemporaryFolder
  private static let document = "{\"id\":\"a\",\"text\":\"It rained.\",\"sentences\":[[0,10]]}\n"

  init() throws {
    folder = try TemporaryFolder()
    try folder.file("p.yaml", "stages: [split-sentences, export]\non_error: skip\n")
    try folder.file(
      "in.jsonl", "{\"id\":\"a\",\"text\":\"It rained.\"}\n" + String(repeating: "no document\n", count: 300))
  }

  private func shell(_ line: String) throws -> Binary.Result { try Binary.shell(line, folder: folder.url) }

  @Test(
    "The run and its output do not depend on who reads the messages",
    arguments: [
      "2>&-", "2> /dev/full", "2> >(head -1 > /dev/null)", "2> >(exec 0<&-)", "0<&- 1>&- 2>&-",
      "2>&- --log-format json",
    ])
  func messagesAreNotWorthTheRun(_ redirection: String) throws {
    let result = try shell("hearsay run p.yaml in.jsonl -o o.jsonl \(redirection); echo $?")
    #expect(result.output == "1\n", "\(result.errors)")
    #expect(try String(contentsOf: folder.url.appendingPathComponent("o.jsonl"), encoding: .utf8) == Self.document)
  }

  @Test func anUnreadStandardErrorThatDoesNotBlockIsGivenUp() throws {
    let result = try shell(
      """
      python3 -c 'import os, subprocess
      reader, writer = os.pipe()
      os.set_blocking(writer, False)
      while True:
          try: os.write(writer, b"x" * 4096)
          except BlockingIOError: break
      run = subprocess.run(["hearsay", "stages", "nope"], stderr=writer, timeout=30)
      print(run.returncode)'
      """)
    #expect(result.output == "2\n", "\(result.errors)")
  }

  @Test func aClosedStandardInputCannotBeRead() throws {
    let result = try shell("hearsay run p.yaml 0<&-")
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(result.errors.contains("stdin: cannot be read (bad file descriptor)"), "\(result.errors)")
    let worker = try shell("hearsay run p.yaml --stdio 0<&-")
    #expect(worker.status == 3 && worker.output.isEmpty)
    #expect(worker.errors == "error: standard input cannot be read: it is closed\n")
  }

  private static let verbs = [
    "stages", "stages clean", "stages clean --markdown", "schema", "explain p.yaml in.jsonl", "validate p.yaml",
    "test clean", "--help", "--version", "run p.yaml in.jsonl",
  ]

  @Test("Results that cannot be written are an error", arguments: verbs, [">&-", "> /dev/full"])
  func resultsThatCannotBeWritten(_ verb: String, _ redirection: String) throws {
    let result = try shell("hearsay \(verb) \(redirection)")
    #expect(result.status == 3, "\(result.errors)")
    let reason = redirection == ">&-" ? "bad file descriptor" : "no space left on device"
    #expect(result.errors.contains("cannot write standard output: \(reason)"), "\(result.errors)")
  }

  @Test("A reader that leaves changes no exit status", arguments: verbs.dropLast() + ["test clean bad.yaml"])
  func aReaderThatLeaves(_ verb: String) throws {
    try folder.file(
      "bad.yaml",
      "stages: [split-sentences]\ntests: [{ name: wrong, text: It rained., expect: { sentences: [Really.] } }]\n")
    let result = try shell("set +o pipefail; hearsay \(verb) | exec 0<&-; echo ${PIPESTATUS[0]}")
    #expect(result.output == (verb.contains("bad") ? "1\n" : "0\n"))
    #expect(result.errors.isEmpty, "\(result.errors)")
  }
}

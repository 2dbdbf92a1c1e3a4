import Foundation
import Hearsay
import Testing

@Suite("Long runs are kept, seen and recorded")
struct LongRunTests {
  let folder: TemporaryFolder
  let input: String

  init() throws {
    folder = try TemporaryFolder()
    let lines = (0..<3_000).map { number in
      number % 100 == 7 ? "no document\n" : "{\"id\":\"d\(number)\",\"text\":\"It rained on \(number). Ann left.\"}\n"
    }
    input = try folder.file("in.jsonl", lines.joined()).path
    try folder.file(
      "p.yaml",
      """
      stages: [deduplicate, split-sentences, export: { path: "${OUT:-out}/all.jsonl" }]
      on_error: quarantine
      quarantine: failed.jsonl
      """)
  }

  private func run(_ more: String..., environment: [String: String] = [:]) throws -> Binary.Result {
    try Binary.run(["run", "p.yaml", "in.jsonl"] + more, environment: environment, folder: folder.url)
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.url.appendingPathComponent(name).path)
  }

  private func json(_ name: String) throws -> JSONValue {
    try JSONReader.value(of: [UInt8](Data(contentsOf: folder.url.appendingPathComponent(name))))
  }

  @Test func aFinishedRunLeavesItsRecordAndNoJournal() throws {
    let result = try run()
    #expect(result.status == 1)
    #expect(!exists("out/all.jsonl.journal") && exists("out/all.jsonl") && exists("failed.jsonl"))
    let record = try json("out/all.jsonl.run.json")
    #expect(record["ending"]?.stringValue == "finished")
    #expect(record["documents"]?.json == "{\"dropped\":0,\"failed\":30,\"in\":3000,\"out\":2970}")
    #expect(record["pipeline"]?["text"]?.stringValue?.contains("deduplicate") == true)
    #expect(record["inputs"]?.arrayValue?.first?["xxh64"]?.stringValue?.count == 16)
    #expect(record["identity"]?["variables"]?.json == "{\"OUT\":\"\"}")
    let again = try run("--resume")
    #expect(again.status == 0 && again.errors.contains("finished already"), "\(again.errors)")
    try folder.file("in.jsonl", "{\"text\":\"another\"}\n")
    let changed = try run("--resume")
    #expect(changed.status == 2 && changed.errors.contains("--restart"), "\(changed.errors)")
    #expect(try run("--restart").status == 0)
  }

  @Test func nothingToResumeIsSaidAndTheRunBegins() throws {
    let result = try run("--resume", "--quiet")
    #expect(result.status == 1 && result.errors.contains("there is nothing to resume"), "\(result.errors)")
    #expect(exists("out/all.jsonl"))
  }

  @Test func anUnfinishedOutputIsNotWrittenOverUnasked() throws {
    let left = "out/all.jsonl.part"
    func leave() throws { try folder.file(left, "half a doc") }
    try leave()
    for options in [[], ["--journal", "other"]] {
      let refused = try Binary.run(["run", "p.yaml", "in.jsonl", "--quiet"] + options, folder: folder.url)
      #expect(refused.status == 2 && refused.errors.contains("begin anew by --restart"), "\(refused.errors)")
    }
    #expect(try String(contentsOf: folder.url.appendingPathComponent(left), encoding: .utf8) == "half a doc")
    for option in ["--restart", "--resume"] {
      try leave()
      try? FileManager.default.removeItem(at: folder.url.appendingPathComponent("out/all.jsonl.run.json"))
      #expect(try run("--quiet", option).status == 1)
      #expect(exists("out/all.jsonl") && !exists(left))
    }
  }

  @Test("--restart removes what the run before had begun, and nothing else", arguments: ["TERM", "KILL"])
  func restartLeavesNoParts(_ signal: String) throws {
    try folder.file(
      "parts.yaml",
      """
      stages:
        - split-sentences
        - export: { path: "${DIR:-out}/{source}.jsonl" }
        - export: { path: "${DIR:-out}/${NAME:-old}.csv", rows: sentences }
        - export: { path: "${DIR:-out}/${NAME:-old}.sqlite" }
      on_error: quarantine
      quarantine: "${DIR:-out}/${NAME:-old}.failed"
      """)
    let line = """
      set -m; mkfifo pipe; exec 9<>pipe
      echo 'no document' >&9
      for source in a b c; do echo '{"text":"It rained.","meta":{"source":"'$source'"}}' >&9; done
      hearsay run parts.yaml pipe --format jsonl --quiet 9>&- & run=$!
      for attempt in {1..600}; do [ -e out/c.jsonl.part ] && echo begun && break; sleep 0.1; done
      kill -\(signal) $run; wait $run
      touch out/mine.part; mkdir elsewhere; cd elsewhere
      echo '{"text":"It rained."}' | DIR=../out NAME=new hearsay run ../parts.yaml --quiet --restart
      echo $?; LC_ALL=C ls ../out
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(
      result.output == "begun\n0\nmine.part\nnew.csv\nnew.sqlite\nunknown.jsonl\n{source}.jsonl.run.json\n",
      "\(result.errors)")
  }

  /// Breaks off a run over standard input in which the first half has come.
  private func breakOff(_ packer: String) throws {
    let line = """
      set -m; cat in.jsonl \(packer) > stream; half=$(($(wc -c < stream) / 2))
      { head -c $half stream; sleep 60; } | { hearsay run p.yaml --format jsonl --quiet --checkpoint-every 0s & echo $! > pid
      wait $!; echo $?; } &
      until grep -q counts out/all.jsonl.journal/journal.json 2> /dev/null; do sleep 0.05; done
      sleep 0.5; kill -TERM $(cat pid); while kill -0 $(cat pid) 2> /dev/null; do sleep 0.02; done
      sleep 0.2; kill -KILL -- %1; wait
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output == "143\n", "\(result.errors)")
    #expect(exists("out/all.jsonl.journal/journal.json"))
  }

  private func resumeStream(_ bytes: Data, _ more: String...) throws -> Binary.Result {
    try Binary.run(
      ["run", "p.yaml", "--format", "jsonl", "--quiet", "--resume"] + more, bytes: bytes, folder: folder.url)
  }

  @Test("A run over standard input goes on where the same bytes come, and only there", arguments: ["", "| gzip"])
  func standardInputIsKnownAgain(_ packer: String) throws {
    try breakOff(packer)
    let stream = try Data(contentsOf: folder.url.appendingPathComponent("stream"))
    let part = folder.url.appendingPathComponent("out/all.jsonl.part")
    let before = try Data(contentsOf: part)
    #expect(!before.isEmpty)
    var other = stream
    other[100] ^= 1
    for bytes in [other, stream.prefix(stream.count / 4), Data()] {
      let refused = try resumeStream(bytes)
      #expect(refused.status == 2, "\(refused.errors)")
      #expect(refused.errors.contains("stdin: is not what it was when the run began"))
      #expect(refused.errors.contains("nothing was touched"))
      #expect(try Data(contentsOf: part) == before)
      #expect(exists("out/all.jsonl.journal/journal.json") && !exists("out/all.jsonl"))
    }
    let resumed = try resumeStream(stream)
    #expect(resumed.status == 1, "\(resumed.errors)")
    let output = try Data(contentsOf: folder.url.appendingPathComponent("out/all.jsonl"))
    let whole = try Binary.run(
      ["run", "p.yaml", "--format", "jsonl", "--quiet"], bytes: stream, environment: ["OUT": "whole"],
      folder: folder.url)
    #expect(whole.status == 1)
    #expect(try output == Data(contentsOf: folder.url.appendingPathComponent("whole/all.jsonl")))
  }

  @Test func aSignalEndsTheWaitForTheSameBytes() throws {
    try breakOff("")
    let line = """
      set -m
      { head -c 1000 stream; sleep 60; } | { hearsay run p.yaml --format jsonl --quiet --resume & echo $! > pid
      wait $!; echo $?; } &
      sleep 1; kill -TERM $(cat pid); for n in {1..100}; do kill -0 $(cat pid) 2> /dev/null || break; sleep 0.02; done
      kill -0 $(cat pid) && echo late; kill -KILL -- %1; wait
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output == "143\n", "\(result.errors)")
    // The place is still there.
    #expect(exists("out/all.jsonl.journal/journal.json"))
    #expect(try resumeStream(Data(contentsOf: folder.url.appendingPathComponent("stream"))).status == 1)
    #expect(exists("out/all.jsonl"))
  }

  @Test func aStreamCannotBeResumed() throws {
    let result = try run("--resume", "-o", "-")
    #expect(
      result.status == 2 && result.errors.contains("stage 'export' writes to standard output"), "\(result.errors)")
  }

  @Test(arguments: [["--resume", "--restart"], ["--checkpoint-every", "soon"], ["--log-format", "xml"]])
  func wrongOptionsAreRefused(_ options: [String]) throws {
    #expect(try Binary.run(["run", "p.yaml", "in.jsonl"] + options, folder: folder.url).status == 2)
  }

  @Test func theLogIsAnObjectALine() throws {
    let result = try run("--log-format", "json", "--metrics", "metrics.txt")
    let lines = try result.errors.split(separator: "\n").map { try JSONReader.value(of: Array($0.utf8)) }
    #expect(lines.filter { $0["event"]?.stringValue == "failure" && $0["line"] != nil }.count == 30)
    let end = try #require(lines.first { $0["event"]?.stringValue == "end" })
    #expect(end["in"] == 3000 && end["out"] == 2970 && end["failed"] == 30)
    #expect(lines.allSatisfy { $0["time"] != nil && $0["level"] != nil && $0["message"] != nil })
    let metrics = try String(contentsOf: folder.url.appendingPathComponent("metrics.txt"), encoding: .utf8)
    #expect(metrics.contains("hearsay_documents_total{outcome=\"failed\"} 30\n"))
    #expect(metrics.contains("hearsay_run_finished 1\n"))
  }

  @Test func metricsAreServedWhileTheRunGoesOn() throws {
    let line = """
      port=$((20000 + RANDOM % 20000))
      mkfifo pipe; exec 9<>pipe; cat in.jsonl >&9 &
      hearsay run p.yaml pipe --format jsonl -o - --quiet --metrics-port $port > out 9>&- & run=$!
      for attempt in {1..100}; do
        python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:$port/metrics').read().decode())" \
          2> /dev/null | grep 'outcome="failed"} [1-9]' && break
        sleep 0.1
      done
      kill -TERM $run; wait $run; echo $?
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output.contains("hearsay_documents_total{outcome=\"failed\"}"), "\(result.errors)")
    #expect(result.output.contains("\n143\n"), "\(result.output)\(result.errors)")
  }

  @Test("A signal ends the wait for a pipe that nobody writes to", arguments: [("INT", 130), ("TERM", 143)])
  func aSilentPipeEndsBySignal(_ signal: String, _ status: Int) throws {
    let line = """
      set -m; mkfifo silent
      hearsay run p.yaml silent --format jsonl --quiet & run=$!
      for attempt in {1..600}; do [ -e out/all.jsonl.journal ] && break; sleep 0.1; done
      sleep 0.3; kill -\(signal) $run
      (sleep 30; kill -KILL $run 2> /dev/null) & watchdog=$!
      wait $run; echo $?; kill -KILL -- -$watchdog
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output == "\(status)\n", "\(result.errors)")
  }

  @Test(
    "A signal ends a read that does not come to its end within two seconds",
    arguments: [
      "head -c 3000 a.zip; sleep 60", "head -c 3000 a.tar; sleep 60", "head -c 3000 a.tar | gzip; sleep 60",
      "cat in.jsonl; printf '{\"text\":\"'; yes word | tr -d '\\n'",
      "printf '{\"text\":\"'; while printf word; do sleep 0.01; done",
      "head -c 3000 a.zip; while printf word; do sleep 0.01; done",
    ])
  func anEndlessReadEndsBySignal(_ writer: String) throws {
    let pack = """
      import tarfile, zipfile
      with zipfile.ZipFile("a.zip", "w") as z: z.write("in.jsonl")
      with tarfile.open("a.tar", "w") as t: t.add("in.jsonl")
      """
    try folder.file("pack.py", pack)
    let line = """
      python3 pack.py; set -m
      { \(writer); } 2> /dev/null | { hearsay run p.yaml --format jsonl --quiet 2> errors & echo $! > pid; wait $!; echo $?; } &
      until [ -e out/all.jsonl.journal ]; do sleep 0.05; done
      sleep 0.5; run=$(cat pid); start=$(date +%s%N); kill -INT $run
      (sleep 30; kill -KILL $run 2> /dev/null) & watchdog=$!
      while kill -0 $run 2> /dev/null; do sleep 0.02; done
      echo $((($(date +%s%N) - start) / 1000000)) > milliseconds
      kill -KILL -- -$watchdog; kill -KILL -- %1; wait
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output == "130\n", "\(result.errors)")
    let time = try String(contentsOf: folder.url.appendingPathComponent("milliseconds"), encoding: .utf8)
    let milliseconds = try #require(Int(time.trimmingCharacters(in: .whitespacesAndNewlines)))
    // Two seconds, and some for a busy machine.
    #expect(milliseconds < 5_000)
    // No failure stands for the record that was cut off.
    let record = try json("out/all.jsonl.run.json")
    #expect(record["ending"]?.stringValue == "interrupted")
    let count = try #require(record["documents"]?["in"]?.intValue)
    #expect(record["documents"]?["failed"]?.intValue == (count + 92) / 100)
  }

  @Test("A signal ends the wait for a pipe that nobody reads", arguments: [("INT", 130), ("TERM", 143)])
  func anUnreadPipeEndsBySignal(_ signal: String, _ status: Int) throws {
    let line = """
      set -m; mkfifo unread
      hearsay run p.yaml in.jsonl -o unread --quiet & run=$!
      sleep 1; kill -\(signal) $run
      (sleep 30; kill -KILL $run 2> /dev/null) & watchdog=$!
      wait $run; echo $?; kill -KILL -- -$watchdog
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output == "\(status)\n", "\(result.errors)")
    #expect(!exists("unread.journal"))
  }

  @Test func aPipeIsWrittenToOnceItIsRead() throws {
    let line = """
      mkfifo late; (sleep 0.5; cat late) & hearsay run p.yaml in.jsonl -o late --quiet; wait
      """
    let result = try Binary.shell(line, folder: folder.url)
    #expect(result.output.split(separator: "\n").count == 2970, "\(result.errors)")
  }
}

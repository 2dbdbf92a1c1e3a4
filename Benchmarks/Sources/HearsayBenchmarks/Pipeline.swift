import Foundation

/// Prints MB/s of `pipelines/news.yaml` with one worker and two, and the peak memory of a long stream.
func benchmarkPipeline(streamSize: Int, longSize: Int, folder: URL) throws {
  let stream = folder.appendingPathComponent("stream.jsonl").path
  try Corpus.write(total: streamSize, each: 4_000, to: stream)
  print("\n| news.yaml, JSON Lines | wall s | MB/s | peak memory MB |\n| --- | --- | --- | --- |")
  var speeds: [Double] = []
  for workers in [1, 2] {
    // The better of two runs: the machine's other work only ever makes a run slower.
    let runs = try (0..<2).map { _ in try child(workers: workers, input: stream) }
    guard let run = runs.min(by: { $0.seconds < $1.seconds }) else { continue }
    speeds.append(Double(streamSize) / 1e6 / run.seconds)
    row("\(workers) worker\(workers > 1 ? "s" : ""), \(streamSize / 1_000_000) MB", run, streamSize)
  }
  if speeds.count == 2 { print(String(format: "\ntwo workers / one: %.2f", speeds[1] / speeds[0])) }
  let long = folder.appendingPathComponent("long.jsonl").path
  try Corpus.write(total: longSize, each: 4_000, to: long)
  print("\n| a long stream | wall s | MB/s | peak memory MB |\n| --- | --- | --- | --- |")
  row("2 workers, \(longSize / 1_000_000) MB", try child(workers: 2, input: long), longSize)
}

private struct Run {
  var seconds: Double
  var peakMegabytes: Double
}

private func row(_ name: String, _ run: Run, _ size: Int) {
  let speed = Double(size) / 1e6 / run.seconds
  print("| \(name) | " + String(format: "%.1f | %.1f | %.0f |", run.seconds, speed, run.peakMegabytes))
}

/// One run in a process of its own, so that its memory is its own.
private func child(workers: Int, input: String) throws -> Run {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  process.arguments = [
    "--child", "run", "pipelines/news.yaml", input, "-o", "/dev/null", "--workers", "\(workers)", "--quiet",
  ]
  let start = ContinuousClock.now
  try process.run()
  let peak = peakMemory(of: process)
  process.waitUntilExit()
  let seconds = (ContinuousClock.now - start).seconds
  guard process.terminationStatus == 0 else { throw ChildFailure(status: process.terminationStatus) }
  return Run(seconds: seconds, peakMegabytes: peak)
}

struct ChildFailure: Error { var status: Int32 }

/// Follows a running process and gives the most memory it held (`VmHWM`), in MB of 10^6 bytes.
private func peakMemory(of process: Process) -> Double {
  var peak = 0.0
  while process.isRunning {
    if let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Double($0) })
    {
      peak = max(peak, kilobytes * 1.024 / 1000)
    }
    usleep(5_000)
  }
  return peak
}

import Foundation
import HearsayStreams
import Testing

@testable import HearsayCLI
@testable import HearsayRunner

@Suite("A run says how far it is")
struct ProgressTests {
  private func progress(
    _ documents: Int, megabytes: Int, seconds: Int, failures: Int = 0, before: (megabytes: Int, seconds: Int) = (0, 0)
  ) -> RunObserver.Progress {
    RunObserver.Progress(
      documents: documents, bytes: megabytes * 1_000_000, failures: failures, elapsed: .seconds(seconds),
      bytesBefore: before.megabytes * 1_000_000, elapsedBefore: .seconds(before.seconds), report: RunReport())
  }

  @Test func byTheLengthOfTheInputs() {
    let extent = WorkEstimate(bytes: 100_000_000)
    #expect(
      ProgressBar.line(progress(12_345, megabytes: 31, seconds: 10, failures: 3), extent, columns: nil)
        == "[######··············] 31 %, 12,345 documents, 31 MB, 3.1 MB/s, 23 s left, 3 failed")
    #expect(progress(1, megabytes: 100, seconds: 10).shown(extent) == "100 %, 1 documents, 100 MB, 10.0 MB/s")
    #expect(progress(1, megabytes: 200, seconds: 10).shown(extent) == "100 %, 1 documents, 200 MB, 20.0 MB/s")
    #expect(
      progress(1, megabytes: 1, seconds: 200).shown(extent) == "1 %, 1 documents, 1 MB, 0.0 MB/s, 5 h 30 min left")
  }

  @Test("The speed and the time left are those since the run was taken up again") func takenUpAgain() {
    let progress = progress(9, megabytes: 75, seconds: 1010, before: (50, 1000))
    #expect(progress.shown(WorkEstimate(bytes: 100_000_000)) == "75 %, 9 documents, 75 MB, 2.5 MB/s, 10 s left")
  }

  @Test func byTheDocumentsOfALimit() {
    #expect(WorkEstimate(bytes: 1000, documents: 10).share(bytes: 10, documents: 5) == 0.5)
    #expect(WorkEstimate(bytes: 1000, documents: 10).share(bytes: 1000, documents: 5) == 1)
    #expect(WorkEstimate(bytes: nil, documents: 10).share(bytes: 10, documents: 5) == 0.5)
    #expect(WorkEstimate(bytes: nil).share(bytes: 10, documents: 5) == nil)
    #expect(progress(5, megabytes: 2, seconds: 2).shown(WorkEstimate(bytes: nil)) == "5 documents, 2 MB, 1.0 MB/s")
  }

  @Test(arguments: [
    (nil, nil, 12), (4, nil, 3), (nil, Selection.Shard(2, of: 3), 4), (2, Selection.Shard(1, of: 3), 2),
  ])
  func theInputsAreMeasuredMeanwhile(_ sample: Int?, _ shard: Selection.Shard?, _ bytes: Int) throws {
    let folder = try TemporaryFolder()
    try folder.file("n/a.txt", "12345")
    try folder.file("n/b.txt", "1234567")
    let extent = WorkEstimate(
      of: [folder.url.path], InputSettings(selection: Selection(sample: sample, shard: shard)))
    let start = ContinuousClock.now
    while extent.share(bytes: 1, documents: 0) == nil, start.duration(to: .now) < .seconds(20) {
      Thread.sleep(forTimeInterval: 0.001)
    }
    #expect(extent.share(bytes: 1, documents: 0) == 1 / Double(bytes))
  }

  @Test func aLineIsNotWrapped() {
    let line = ProgressBar.line(
      progress(12_345, megabytes: 31, seconds: 10), WorkEstimate(bytes: 100_000_000), columns: 40)
    #expect(line == "[######··············] 31 %, 12,345 doc")
  }
}

import Foundation
import Hearsay
import Synchronization
import TestSupport
import Testing

@testable import StanceSummary

@Suite("A run ends with a table of stances")
struct SummarizeStanceTests {
  private func document(_ stances: [(holder: String?, target: String, score: Double)], _ meta: Metadata = Metadata())
    -> Document
  {
    var document = Document(id: "t", text: "It rained.", metadata: meta)
    document[Stances.self] = stances.map { one in
      Stance(
        target: one.target, spans: [], holder: one.holder,
        label: one.score > 0 ? .favor : one.score < 0 ? .against : .neutral, score: one.score)
    }
    return document
  }

  private static func options(_ by: [StanceCounts.GroupingKey], _ format: SummarizeStance.Format)
    -> SummarizeStance.Options
  {
    var options = SummarizeStance.Options()
    options.by = by
    options.format = format
    return options
  }

  /// The table of a run over `documents` that is interrupted after each of the numbers in `breaks` and resumed.
  private func table(_ documents: [Document], _ options: SummarizeStance.Options, breaks: Set<Int> = []) throws
    -> String
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = options
    options.path = folder.appendingPathComponent("table").path
    let context = StageContext(label: "t")
    var stage = try SummarizeStance(options)
    try stage.open(context)
    for (number, document) in documents.enumerated() {
      var document = document
      #expect(stage.commit(stage.prepare(document), &document).isKept)
      guard breaks.contains(number) else { continue }
      let checkpoint = stage.checkpoint()
      // What is committed after the checkpoint must not count.
      _ = stage.commit(stage.prepare(document), &document)
      try stage.close(.interrupted)
      stage = try SummarizeStance(options)
      try stage.resume(context, from: checkpoint)
    }
    #expect(!FileManager.default.fileExists(atPath: options.path))
    try stage.close(.finished)
    return try String(contentsOfFile: options.path, encoding: .utf8)
  }

  @Test func holdersAndTargetsHaveARowEach() throws {
    let documents = [
      document([("Ann Lee", "NATO", -0.5), (nil, "NATO", 0.25)]), document([("Ann Lee", "NATO", -0.25)]), document([]),
      document([("Bo, \"B\" Ray", "=EU", 0)]),
    ]
    #expect(
      try table(documents, Self.options([.holder, .target], .csv))
        == [
          "holder,target,count,mean,favor,neutral,against", "Ann Lee,NATO,2,-0.375,0,0,2", ",NATO,1,0.250,1,0,0",
          "\"Bo, \"\"B\"\" Ray\",'=EU,1,0.000,0,1,0", "",
        ].joined(separator: "\r\n"))
    #expect(
      try table(documents, Self.options([.holder, .target], .text)) == """
        holder         target  count    mean  favor  neutral  against
        Ann Lee        NATO        2  -0.375      0        0        2
        (the article)  NATO        1   0.250      1        0        0
        Bo, "B" Ray    =EU         1   0.000      0        1        0

        """)
  }

  @Test(
    arguments: [
      (["date": "2024-05-17T08:00:00Z", "source": "Tidewater Press"], "Tidewater Press,2024-05"),
      (["date": "2024-05", "url": "https://www.Example.org:8080/a?b"], "example.org,2024-05"),
      (["date": "May 2024", "url": "user@news.example/path"], "news.example,"), (["date": "2024", "source": ""], ","),
      (["date": "2024-0é", "url": "://"], ","), ([:], ","),
    ] as [([String: JSONValue], String)])
  func sourceAndMonthAreOfTheMetadata(_ meta: [String: JSONValue], _ row: String) throws {
    let metadata = Metadata(meta.map { JSONValue.Member($0.key, $0.value) })
    let table = try table([document([(nil, "EU", 1)], metadata)], Self.options([.source, .month], .csv))
    #expect(table.split(separator: "\r\n").last == "\(row),1,1.000,1,0,0")
  }

  @Test func beyondTheBoundRowsAreOne() throws {
    let logged = Lines()
    var options = Self.options([.target], .csv)
    options.mostRows = 2
    options.path = "/dev/null"
    let stage = try SummarizeStance(options)
    try stage.open(StageContext(label: "t", log: { logged.add($0) }))
    for k in 0..<6 {
      var document = document([(nil, "T\(k % 4)", 0.5)])
      _ = stage.commit(stage.prepare(document), &document)
    }
    try stage.close(.finished)
    #expect(logged.all == ["2 rows are full; new ones are counted as one (raise most_rows)"])
    let documents = (0..<6).map { document([(nil, "T\($0 % 4)", 0.5)]) }
    #expect(
      try table(documents, options).split(separator: "\r\n").dropFirst() == [
        "T0,2,0.500,2,0,0", "T1,2,0.500,2,0,0", "(others),2,0.500,2,0,0",
      ])
  }

  @Test func aBrokenRunEndsWithTheTableOfAWholeOne() throws {
    var random = SplitMix(seed: 5)
    for most in [3, 1_000] {
      let documents = (0..<60).map { _ in
        document(
          (0..<Int.random(in: 0..<4, using: &random)).map { _ in
            let holder: String? = Bool.random(using: &random) ? "H\(Int.random(in: 0..<3, using: &random))" : nil
            return (holder, "T\(Int.random(in: 0..<3, using: &random))", Double.random(in: -1...1, using: &random))
          })
      }
      var options = Self.options([.holder, .target], .csv)
      options.mostRows = most
      let whole = try table(documents, options)
      #expect(try table(documents, options, breaks: [0, 13, 40, 59]) == whole)
    }
  }

  @Test(arguments: ["", "{}", "[]", #"{"by":["target"],"others":[0,0,0,0],"rows":[["a",1]]}"#])
  func aCheckpointThatIsNoneIsRefused(_ text: String) throws {
    var options = Self.options([.target], .csv)
    options.path = "/dev/null"
    let stage = try SummarizeStance(options)
    #expect(throws: (any Error).self) { try stage.resume(StageContext(label: "t"), from: Array(text.utf8)) }
  }

  @Test func aTableByNothingIsRefused() {
    #expect(throws: StageError.self) { try SummarizeStance(Self.options([], .csv)) }
    #expect(throws: StageError.self) { try SummarizeStance(Self.options([.target, .target], .csv)) }
  }
}

/// Lines that a stage logged.
private final class Lines: Sendable {
  private let lines = Mutex<[String]>([])
  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}

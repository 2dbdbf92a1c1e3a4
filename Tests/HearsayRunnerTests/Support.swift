import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams
import Synchronization

/// A plain stage made of a closure.
struct Doing: Stage {
  static let name = "doing"
  static let summary = "Does what a test wants."
  static let examples: [Example] = []
  let work: @Sendable (inout Document) throws -> Void

  init(_ work: @escaping @Sendable (inout Document) throws -> Void) { self.work = work }
  init(_ options: NoOptions) { work = { _ in } }
  func process(_ document: inout Document) throws -> Disposition {
    try work(&document)
    return .keep
  }
}

/// A stage that takes many documents at once, and does with each what `Doing` would.
struct DoingTogether: BatchStage {
  static let name = "doing-together"
  static let summary = "Does what a test wants with many documents."
  static let examples: [Example] = []
  let work: @Sendable (inout Document) throws -> Void

  init(_ work: @escaping @Sendable (inout Document) throws -> Void) { self.work = work }
  init(_ options: NoOptions) { work = { _ in } }
  var batch: BatchPreference { BatchPreference(documents: 16) }
  func process(all documents: inout [Document]) -> [Result<Disposition, any Error>] {
    documents.indices.map { index in
      Result {
        try work(&documents[index])
        return .keep
      }
    }
  }
}

/// An ordered stage that writes down what it is given, and how it is opened and closed.
final class Recorder: OrderedStage {
  static let name = "recorder"
  static let summary = "Writes down what comes."
  static let examples: [Example] = []

  struct Log: Sendable {
    var ids: [String] = []
    var bytes: [UInt8] = []
    var opened = 0
    var outcomes: [RunOutcome] = []
    var isInside = false
    var overlaps = 0
  }

  let log = Mutex(Log())
  let decide: @Sendable (inout Document) throws -> Disposition

  init(_ decide: @escaping @Sendable (inout Document) throws -> Disposition = { _ in .keep }) { self.decide = decide }
  init(_ options: NoOptions) { decide = { _ in .keep } }

  var ids: [String] { log.withLock(\.ids) }

  func open() { log.withLock { $0.opened += 1 } }
  func close(_ outcome: RunOutcome) { log.withLock { $0.outcomes.append(outcome) } }

  func prepare(_ document: Document) throws -> [UInt8] {
    var json = JSONWriter()
    try DocumentEncoder().write(document, to: &json)
    json.newline()
    return json.bytes
  }

  func commit(_ prepared: [UInt8], _ document: inout Document) throws -> Disposition {
    log.withLock {
      if $0.isInside { $0.overlaps += 1 }
      $0.isInside = true
    }
    defer { log.withLock { $0.isInside = false } }
    let disposition = try decide(&document)
    log.withLock {
      $0.ids.append(document.id)
      $0.bytes += prepared
    }
    return disposition
  }
}

struct Broken: Error, CustomStringConvertible {
  var description: String
  init(_ description: String = "broken") { self.description = description }
}

/// A folder with inputs for one test, gone with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "hearsay-runner-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }

  /// Writes documents `d0`, `d1`, … as JSON Lines, each as long as its seeded number says.
  func documents(_ count: Int, seed: UInt64 = 1, longest: Int = 3000) throws -> String {
    var random = Seeded(seed)
    var json = JSONWriter()
    for number in 0..<count {
      json.beginObject()
      json.member("id", "d\(number)")
      json.member("text", String(repeating: "é“x\" ", count: Int.random(in: 0...longest, using: &random) / 5))
      json.endObject()
      json.newline()
    }
    return try write("documents-\(seed).jsonl", json.bytes)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: self(name), encoding: .utf8)
  }
}

extension Document {
  /// The number in `d17`.
  var number: Int { Int(id.dropFirst()) ?? -1 }
}

/// A number that depends on the document and the seed alone.
func chance(_ document: Document, _ seed: UInt64, outOf sides: UInt64) -> Bool {
  var random = Seeded(UInt64(bitPattern: Int64(document.number)) &* 0x9E37 &+ seed)
  return random.next() % sides == 0
}

/// SplitMix64, for tests that are the same each time.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

extension RunReport {
  var isFinished: Bool {
    if case .finished = ending { return true }
    return false
  }

  var isInterrupted: Bool {
    if case .interrupted = ending { return true }
    return false
  }

  var stopping: DocumentFailure? {
    if case .stopped(let failure) = ending { return failure }
    return nil
  }

  var fatal: RunError? {
    if case .failed(let error) = ending { return error }
    return nil
  }
}

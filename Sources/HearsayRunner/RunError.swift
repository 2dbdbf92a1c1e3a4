internal import Foundation
internal import Hearsay
internal import HearsayStreams

/// A document that failed, and where.
public struct DocumentFailure: Error, Sendable, CustomStringConvertible {
  public var id: String
  /// The file that the document came from.
  public var path: String
  /// Where it begins, from 1, in a file of several.
  public var line: Int?
  /// The stage's label; `nil` where the document could not be read.
  public var stage: String?
  public var error: any Error

  /// `news.jsonl:12: document 'a-12': stage 'split-sentences': …`
  public var description: String {
    guard let stage else { return "\(error)" }
    return "\(path)\(line.map { ":\($0)" } ?? ""): document '\(idOnOneLine)': stage '\(stage)': \(error)"
  }

  /// A line break in an id must not make the rest look like another message.
  private var idOnOneLine: String { String(id.map { $0.isNewline ? "⏎" : $0 }) }
}

/// Why a run could not go on, whatever its policy for failing documents.
public struct RunError: Error, Sendable, CustomStringConvertible {
  /// What the run was about to do.
  public enum Action: Sendable, Hashable {
    case open(stage: String)
    /// An ordered stage could not take a document: a full disk, a closed pipe.
    case commit(stage: String, documentID: String)
    case close(stage: String)
    case quarantine(path: String)
    /// A stage cannot make durable what it wrote.
    case checkpoint(stage: String)
    /// The journal cannot be written.
    case journal(path: String)
    /// The inputs are not those of the run that was to be resumed. Nothing was touched.
    case resume
    /// A stage cannot go on from the checkpoint: its output is not what it was.
    case goOn(stage: String)
    /// A line of `RunPlan.responseDescriptor`.
    case response
  }

  public var action: Action
  public var error: any Error

  /// Whether the reader of the output has gone, as `head` does: no mistake, and nobody is left to read a message.
  ///
  /// A stage says so by an `OutputError` or `POSIXError(.EPIPE)`, or by a Foundation error that has it underneath.
  public var isClosedPipe: Bool { error.isClosedPipe }

  /// Whether a run that was to be resumed cannot be, as something is not what it was. Nothing was written.
  public var isRefusalToResume: Bool {
    switch action {
    case .resume: true
    case .goOn, .quarantine: error is StageError
    default: false
    }
  }

  /// Whether a wait was given up.
  var isInterruption: Bool { error.isInterruption }

  public var description: String {
    switch action {
    case .open(let stage): "stage '\(stage)' cannot begin: \(error.shown)"
    case .commit(let stage, let id): "stage '\(stage)' cannot go on at document '\(id)': \(error.shown)"
    case .close(let stage): "stage '\(stage)' cannot finish: \(error.shown)"
    case .checkpoint(let stage): "stage '\(stage)' cannot keep its place: \(error.shown)"
    case .journal(let path): "\(path): cannot keep the run's place: \(error.shown)"
    case .resume: "\(error)"
    case .goOn(let stage): "stage '\(stage)' cannot go on: \(error.shown)"
    case .response: "cannot answer: \(error.shown)"
    case .quarantine(let path): "\(path): cannot write failed documents: \(error.shown)"
    }
  }
}

extension Error {
  /// The system's error number of this error, where there is one.
  private var systemCode: Int32? {
    if let error = self as? OutputError { return error.code }
    let error = self as NSError
    if error.domain == NSPOSIXErrorDomain { return Int32(exactly: error.code) }
    return (error.userInfo[NSUnderlyingErrorKey] as? any Error)?.systemCode
  }

  fileprivate var isClosedPipe: Bool { systemCode == EPIPE }
  fileprivate var isInterruption: Bool { (self as? InputError)?.code == .interrupted || systemCode == EINTR }

  /// The error for people. Foundation's own descriptions are for debugging.
  fileprivate var shown: String {
    guard !(self is OutputError), let code = systemCode, let text = unsafe strerror(code) else { return "\(self)" }
    return unsafe String(cString: text).lowercased()
  }
}

import ArgumentParser
import Foundation
import Hearsay

/// Lines for the people who watch a run, or for the programs that collect its log, on standard error.
struct RunLog: Sendable {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }
  enum Level: String { case info, notice, error }

  var format = Format.text
  /// A line on a terminal that stands below the others.
  var bar: ProgressBar?

  /// - Parameter fields: What is in the message, for programs.
  func write(_ level: Level, _ message: String, _ fields: [(key: String, value: JSONValue)] = []) {
    switch format {
    case .text:
      bar?.clear()
      switch level {
      case .info: printError("\(message)")
      case .notice: printError("note: \(message)")
      case .error: printError("error: \(message)")
      }
    case .json:
      var json = JSONWriter()
      json.beginObject()
      json.member("time", Date().formatted(.iso8601))
      json.member("level", level.rawValue)
      json.member("message", message)
      for field in fields { json.member(named: field.key, field.value) }
      json.endObject()
      json.newline()
      StandardError.write(json: json.bytes)
    }
  }
}

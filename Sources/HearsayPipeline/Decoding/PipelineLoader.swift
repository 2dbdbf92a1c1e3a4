internal import Foundation
public import Hearsay

/// Reads pipeline files: YAML with `${VARIABLES}`, the command line's overrides put in, every stage made and checked.
public struct PipelineLoader: Sendable {
  /// Adds the stages of a file under `plugins:` to a catalogue.
  public typealias PluginLoading = @Sendable (_ path: String, inout Catalogue) throws -> Void

  public private(set) var catalogue: Catalogue
  /// The names of the input formats that a file may ask for.
  public let inputFormats: [String]
  /// The values of `${NAME}`.
  public let environment: [String: String]
  public let overrides: [Override]
  private let loadPlugin: PluginLoading
  /// Whether a plugin could not be loaded: which stages it would have brought, nobody knows.
  private var lacksPlugins = false

  public init(
    catalogue: Catalogue, inputFormats: [String], environment: [String: String] = [:], overrides: [Override] = [],
    loadPlugin: @escaping PluginLoading = { _, _ in throw StageError("plugins are not loaded here") }
  ) {
    self.catalogue = catalogue
    self.inputFormats = inputFormats
    self.environment = environment
    self.overrides = overrides
    self.loadPlugin = loadPlugin
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: Everything that is wrong with it, in one go.
  public func load(path: String) throws(PipelineErrors) -> Pipeline {
    guard let file = FileHandle(forReadingAtPath: path) else {
      let exists = FileManager.default.fileExists(atPath: path)
      throw PipelineErrors([Diagnostic(exists ? .unreadable : .noSuchFile, at: SourcePlace(file: path))])
    }
    let bytes: [UInt8]
    do {
      bytes = Array(try file.read(upToCount: YAMLReader.maximumBytes + 4) ?? Data())
    } catch {
      throw PipelineErrors([Diagnostic(.unreadable, at: SourcePlace(file: path))])
    }
    return try load(bytes, file: path)
  }

  /// Reads a file's bytes; `file` is what places show.
  public func load(_ bytes: [UInt8], file: String) throws(PipelineErrors) -> Pipeline {
    var diagnostics: [Diagnostic] = []
    guard let root = YAMLReader(file: file).node(of: bytes, &diagnostics) else { throw PipelineErrors(diagnostics) }
    let pipeline = pipeline(from: root, file: file, &diagnostics)
    guard diagnostics.isEmpty, let pipeline else { throw PipelineErrors(diagnostics) }
    return pipeline
  }

  private func pipeline(from root: ConfigNode, file: String, _ diagnostics: inout [Diagnostic]) -> Pipeline? {
    guard case .map = root.content else {
      let message = root.isNull ? Diagnostic.Message.emptyFile : .notAPipeline(root)
      diagnostics.append(Diagnostic(message, at: root.place))
      return nil
    }
    var variables = Variables(environment: environment)
    var root = variables.expand(root)
    diagnostics += variables.diagnostics
    root.apply(overrides, &diagnostics)

    let keys = PipelineKeys.decode(root, of: DiagnosticSubject("a pipeline", "key"), &diagnostics)
    keys.input.format.check(against: inputFormats, &diagnostics)
    var loader = self
    loader.addPlugins(keys.plugins, file: file, &diagnostics)
    var pipeline = loader.pipeline(from: keys, root: root, file: file, &diagnostics)
    pipeline.plugins = keys.plugins.map { Self.path(ofPlugin: $0.value, in: file) }
    return pipeline
  }

  /// A path begins at the pipeline's folder.
  private static func path(ofPlugin path: String, in file: String) -> String {
    path.hasPrefix("/") ? path : (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + path
  }

  private mutating func addPlugins(_ plugins: [Located<String>], file: String, _ diagnostics: inout [Diagnostic]) {
    for plugin in plugins {
      do {
        try loadPlugin(Self.path(ofPlugin: plugin.value, in: file), &catalogue)
      } catch {
        lacksPlugins = true
        diagnostics.append(Diagnostic(.cannotLoad(error), at: plugin.place))
      }
    }
  }

  private func pipeline(
    from keys: PipelineKeys, root: ConfigNode, file: String, _ diagnostics: inout [Diagnostic]
  ) -> Pipeline {
    let steps = steps(from: keys.stages, at: root.place, &diagnostics)
    LayerCheck(catalogue: catalogue, steps: steps).run(input: keys.input, root: root, &diagnostics)
    OutputCheck(steps: steps).run(&diagnostics)
    let written = steps.flatMap { $0.layers.writes.map(\.name) } + keys.input.layers
    let tests = TestDecoder(layers: catalogue.layers.map { $0.name } + written).tests(from: keys.tests, &diagnostics)
    let labels = Self.labels(of: steps.map(\.name))
    let stages = zip(steps, labels).compactMap { step, label in
      if let stage = step.stage, let descriptor = step.descriptor {
        PipelineStage(
          stage: stage, descriptor: descriptor, options: step.options, place: step.place, label: label)
      } else {
        nil
      }
    }
    return Pipeline(
      name: keys.name ?? Self.name(of: file), description: keys.description, input: keys.input, stages: stages,
      onError: keys.onError, quarantine: keys.quarantine, tests: tests, catalogue: catalogue)
  }

  /// `news` for `pipelines/news.yaml`.
  private static func name(of file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
  }

  // MARK: Stages

  /// Each name; `NAME[1]`, `NAME[2]`, … where it occurs more than once.
  static func labels(of names: [String]) -> [String] {
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    var seen: [String: Int] = [:]
    return names.map { name in
      seen[name, default: 0] += 1
      return counts[name, default: 1] > 1 ? "\(name)[\(seen[name, default: 1])]" : name
    }
  }

  private func steps(from node: ConfigNode?, at place: SourcePlace, _ diagnostics: inout [Diagnostic]) -> [StageEntry] {
    guard let node else {
      diagnostics.append(Diagnostic(.noStages, at: place))
      return []
    }
    guard case .list(let nodes) = node.content else {
      diagnostics.append(Diagnostic(.stagesNotAList(node), at: node.place))
      return []
    }
    if nodes.isEmpty { diagnostics.append(Diagnostic(.emptyStages, at: node.place)) }
    return nodes.compactMap { step(from: $0, &diagnostics) }
  }

  private func step(from node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> StageEntry? {
    let name: String
    let place: SourcePlace
    var options: ConfigNode?
    switch node.content {
    case .scalar(let text, _) where !node.isNull: (name, place) = (text, node.place)
    case .map(let entries):
      guard let entry = entries.first else { fallthrough }
      if entries.count > 1 {
        diagnostics.append(Diagnostic(.severalKeys(entries[1].key, of: entry.key), at: entries[1].keyPlace))
      }
      (name, place, options) = (entry.key, entry.keyPlace, entry.value)
    default:
      diagnostics.append(Diagnostic(.notAStage(node), at: node.place))
      return nil
    }
    guard let descriptor = catalogue[name] else {
      let suggestion = diagnostics.hasReachedLimit ? nil : catalogue.stages.map(\.name).nearest(to: name)
      // One mistake must not bring another.
      if lacksPlugins, suggestion == nil { return StageEntry(name: name, place: place) }
      diagnostics.append(Diagnostic(.unknownStage(name), at: place, suggestion: suggestion))
      return StageEntry(name: name, place: place, descriptor: suggestion.flatMap { catalogue[$0] })
    }
    let stage = descriptor.make(options, at: place, &diagnostics)
    return StageEntry(name: name, place: place, descriptor: descriptor, options: options, stage: stage)
  }
}

extension ConfigNode {
  /// The value of a map's key.
  func value(of key: String) -> ConfigNode? {
    guard case .map(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

extension Diagnostic.Message {
  static var noSuchFile: Self { Self("no such file") }
  static var unreadable: Self { Self("the file cannot be read") }
  static func notAPipeline(_ node: ConfigNode) -> Self {
    Self("a pipeline file is a map with the key 'stages', found \(node.kindName)")
  }
  static var noStages: Self { Self("the pipeline has no 'stages'") }
  static var emptyStages: Self { Self("'stages' names no stage") }
  static func stagesNotAList(_ node: ConfigNode) -> Self { Self("'stages' must be a list, found \(node.kindName)") }
  static func notAStage(_ node: ConfigNode) -> Self {
    Self("expected a stage's name, or its name with a map of options, found \(node.kindName)")
  }
  static func severalKeys(_ key: String, of stage: String) -> Self {
    Self("'\(key)' stands beside the stage '\(stage)'; indent it to make it an option, or begin a new stage with '-'")
  }
  static func cannotLoad(_ error: any Error) -> Self { Self("\(error)") }
  static func unknownStage(_ name: String) -> Self { Self("there is no stage '\(name)'") }
  static func notAMap(_ key: String, _ node: ConfigNode) -> Self {
    Self("'\(key)' must be a map, found \(node.kindName)")
  }
}

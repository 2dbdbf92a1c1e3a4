/// What makes two runs the same: a run is resumed only by one that would have done what it did.
///
/// The contents of the inputs are not in here: the place in them knows whether they have changed.
public struct RunIdentity: Codable, Sendable, Hashable {
  /// The version of Hearsay and of the compiler, and a hash of the program.
  public var program: String
  /// A hash of the pipeline's text.
  public var pipeline: String
  /// The variables that the pipeline's text names, with their values.
  public var variables: [String: String]
  /// What was asked for on the command line that changes what comes out: `set extract-quotes.kinds=[direct]`.
  public var options: [String]
  /// A hash of each plugin's file, by its path.
  public var plugins: [String: String]
  public var inputs: [String]

  public init(
    program: String, pipeline: String, variables: [String: String] = [:], options: [String] = [],
    plugins: [String: String] = [:], inputs: [String] = []
  ) {
    self.program = program
    self.pipeline = pipeline
    self.variables = variables
    self.options = options
    self.plugins = plugins
    self.inputs = inputs
  }

  /// What is no longer as it was in `before`, as clauses.
  public func differences(from before: RunIdentity) -> [String] {
    var differences: [String] = []
    if program != before.program { differences.append("Hearsay is another: '\(program)', not '\(before.program)'") }
    if pipeline != before.pipeline { differences.append("the pipeline has changed") }
    for name in Set(variables.keys).union(before.variables.keys).sorted()
    where variables[name] != before.variables[name] {
      differences.append("the variable '\(name)' has another value")
    }
    // What becomes of documents that fail may change: until then none has failed where the run stopped at the first.
    let (now, then) = (options.decisive, before.options.decisive)
    if now != then { differences.append("the options are others: \(now.shown), not \(then.shown)") }
    for path in Set(plugins.keys).union(before.plugins.keys).sorted() where plugins[path] != before.plugins[path] {
      differences.append("the plugin '\(path)' has changed")
    }
    if inputs != before.inputs {
      differences.append("the inputs are others: \(inputs.shown), not \(before.inputs.shown)")
    }
    return differences
  }
}

extension [String] {
  /// Without what a run may go on with otherwise than it began.
  fileprivate var decisive: [String] {
    filter { option in !["set on_error=", "set quarantine="].contains { option.hasPrefix($0) } }
  }

  fileprivate var shown: String { isEmpty ? "none" : map { "'\($0)'" }.joined(separator: " ") }
}

/// A stage with outputs of its own: files, a database, standard output. What it writes is what a run is for.
///
/// Where only the findings are wanted, sinks are left out: in `hearsay explain`, `hearsay test`, `hearsay run --stdio`,
/// and where `-o` names an output in their place. So documents must pass a sink unchanged. Most sinks write documents in
/// their order, and are an `OrderedStage` too.
public protocol SinkStage: Stage {
  /// What this stage writes, as its options name it: paths of files; `-` is standard output. Empty where it writes
  /// elsewhere, as over a network. No two stages of a pipeline may write the same.
  var outputs: [String] { get }
}

extension Stage {
  /// The stage as a sink; `nil` where it is none.
  public var asSink: (any SinkStage)? { self as? any SinkStage }
  /// What the stage writes beside the findings: see `SinkStage`.
  public var sinkOutputs: [String] { asSink?.outputs ?? [] }
}

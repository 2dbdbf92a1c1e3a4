import ArgumentParser
import Hearsay
import HearsayRunner
import HearsayStreams

extension RunSession {
  /// Refuses a run that writes a file which it reads, or which the next run over the same inputs would read.
  func refuseOutputsAmongInputs() throws {
    let outputs = plan.steps.flatMap(\.stage.outputs).filter { $0 != "-" } + [watch.metrics].compactMap(\.self)
    for output in outputs {
      guard let input = InputSettings.input(among: plan.inputs, naming: output) else { continue }
      throw ValidationError("'\(output)' is an input ('\(input)') and would be written over; name another output")
    }
    var written = outputs.map { ($0, "write it elsewhere") }
    if let keeping {
      for path in [plan.recordPath, keeping.options.journal ?? plan.defaultJournal] {
        if let path { written.append((path, "write the outputs elsewhere")) }
      }
    }
    // A quarantine file that is named may be read: it is replaced at the end.
    if case .quarantine(let path) = plan.onError { written.append((path, "name another by --set quarantine=FILE")) }
    for (path, hint) in written {
      guard let input = InputSettings.input(among: plan.inputs, leadingTo: path) else { continue }
      throw ValidationError("'\(path)' lies in the input '\(input)', and the next run would read it; \(hint)")
    }
  }
}

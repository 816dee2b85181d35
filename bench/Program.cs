using System.CommandLine;
using Lamina.Bench;

Argument<FileInfo> json = new("json") { Description = "A dimensions.json." };
Argument<DirectoryInfo> folder = new("folder") { Description = "The data set made from it." };
Argument<string> file = new("file") { Description = "A region file, a manifest or a data set's folder." };
Option<int> places = new("--places") { Description = "Bits to flip.", DefaultValueFactory = static _ => 1000 };
Option<int> seed = new("--seed") { Description = "Which random places.", DefaultValueFactory = static _ => 1 };

Command readBack = new("read-back", "Reads every layer of a data set through the runtime and compares it with its JSON.") { json, folder };
readBack.SetAction(result => ReadBack.Run(result.GetRequiredValue(json).FullName, result.GetRequiredValue(folder).FullName));

Command flip = new("flip", "Flips one bit at random places of a copy of a file and asks verify each time.") { file, places, seed };
flip.SetAction(result => BitFlips.Run(result.GetRequiredValue(file), result.GetValue(places), result.GetValue(seed)));

RootCommand root = new("Measures and checks Lamina on real data.") { readBack, flip };
return root.Parse(args).Invoke();

package main

import (
	"fmt"
	"io"

	"epgsim/sim/scenario"
)

// designs are the files that sweep and sensitivity run.
var designs = shelf{
	verb: "sweep", arg: "DESIGN", wanted: "a DESIGN", one: "a design", many: "designs",
	stock: stockOf(scenario.ShippedDesigns, func(d *scenario.DesignInfo) (string, string) { return d.Name, d.Title }, func(w io.Writer, all []scenario.DesignInfo) {
		for _, d := range all {
			fmt.Fprintf(w, "%s\t%s\t%d runs\t%s\n", d.Name, d.Method, d.Rows*d.Replications, d.Title)
		}
	}),
	shows:    "show prints a design with every factor and its range. It names the scenario scenario.toml, which a sweep writes beside it.",
	examples: [2]string{"focus-by-years", "system-screening"},
	resolved: func(name string) ([]byte, error) {
		d, err := scenario.LoadDesign(name)
		if err != nil {
			return nil, err
		}
		return d.TOML(), nil
	},
	begins:     "Write a design file to fill in",
	beginsWith: "new writes a design file in which every key stands with its meaning. Without FILE it prints it.",
	template:   scenario.DesignTemplate, file: "my-sweep.toml", then: "epgsim sweep FILE --dry-run",
}

package report

import (
	"bytes"
	"fmt"
	"io"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim/experiment"
)

// document is what a command found, for a page and for the terminal.
type document struct {
	page     string // name of the page's file
	kind     string // what the terminal calls it: Report or Page
	heading  string // printed first: what was run
	title    string // of the page, where it is not the scenario's
	subtitle string
	about    string // a paragraph, where it is not the scenario's
	verdict  []string
	tables   []table // of the page
	printed  []table // on the terminal
	figures  []*plots.Figure
	method   []string
	facts    [][2]string          // beside those of every page
	files    []file               // beside those of every command
	remark   string               // printed below the verdict
	write    func(*Results) error // writes the files, if they are not there yet
}

// file is a file beside the page, or a table in the formats that were asked for.
type file struct {
	name, doc string
	table     bool
}

// publish writes figures, page, further files and manifest, and then prints.
// Nothing is printed before all is written: whoever reads it may stop reading.
func (r *Results) publish(to io.Writer, d *document) error {
	svgs, err := r.drawFigures(d.figures)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, r.pageOf(d, svgs)); err != nil {
		return fmt.Errorf("%s: %w", d.page, err)
	}
	if err := r.dir.WriteFile(d.page, b.Bytes()); err != nil {
		return err
	}
	if d.write != nil {
		if err := d.write(r); err != nil {
			return err
		}
	}
	if err := r.Finish(); err != nil {
		return err
	}
	fmt.Fprintln(to, d.heading)
	for k := range d.printed {
		d.printed[k].print(to)
	}
	printVerdict(to, d.verdict)
	if d.remark != "" {
		fmt.Fprint(to, "\n"+d.remark)
	}
	fmt.Fprintf(to, "\n%s: %s\n", d.kind, r.dir.Path(d.page))
	return nil
}

func printVerdict(to io.Writer, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(to, "\nVerdict")
	for _, l := range lines {
		fmt.Fprintln(to, tell.Wrap("  • "+l, 100, "    "))
	}
}

// headingOf says what was run of a scenario.
func (r *Results) headingOf(plan experiment.Plan) string {
	return fmt.Sprintf("%s: %s\n%d replications of each variant on common luck, seed %d", r.scenario.Name, r.scenario.Title, plan.Replications, plan.Seed)
}

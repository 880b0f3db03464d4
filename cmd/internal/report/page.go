package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// document is what a command found, for a page and for the terminal.
type document struct {
	Title, Subtitle, Description string // of the page
	Verdict                      []string
	Key                          *table  // beside the verdict; nil: none
	Tables                       []table // of the page, without Key
	Caveat                       string  // what the numbers do not say, in a sentence or two
	Method                       []string
	Facts                        [][2]string // beside those of every page

	page    string // name of the page's file
	heading string // printed first: what was run
	printed []table
	told    bool                 // heading, tables and verdict are printed already
	remark  string               // printed below the verdict
	drawing                      // its figures
	files   []file               // beside those of every command
	write   func(*Results) error // writes the files, if they are not there yet
}

// file is a file beside the page, or a table in the formats that were asked for.
type file struct {
	name, doc string
	table     bool
}

// publish writes figures, page, further files and manifest, and then prints what has
// not been shown yet and where the page is.
func (r *Results) publish(to io.Writer, d *document) error {
	if d.err != nil {
		return d.err
	}
	figures, err := r.drawFigures(d.figures)
	if err != nil {
		return err
	}
	shown := r.pageOf(d, figures)
	if err := shown.narrowLead(); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := pageIn(r.settings.Language).Execute(&b, shown); err != nil {
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
	if !d.told {
		r.show(to, d)
	}
	if d.remark != "" {
		fmt.Fprint(to, "\n"+d.remark)
	}
	fmt.Fprintf(to, "\n%s: %s\n", r.settings.Language.Say("Report"), r.dir.Path(d.page))
	return nil
}

// show prints tables and verdict. A reader who closes the pipe ends no writing.
func (r *Results) show(to io.Writer, d *document) {
	d.told = true
	fmt.Fprintln(to, d.heading)
	for k := range d.printed {
		d.printed[k].print(to)
	}
	if len(d.Verdict) > 0 {
		fmt.Fprintf(to, "\n%s\n", r.settings.Language.Say("Verdict"))
	}
	for _, l := range d.Verdict {
		fmt.Fprintln(to, tell.Wrap("  • "+l, 100, "    "))
	}
}

// headingOf says what was run of a scenario.
func (r *Results) headingOf(plan experiment.Plan) string {
	l := r.settings.Language
	return fmt.Sprintf("%s: %s\n", r.subject.Name, l.Say(r.subject.scenario.Title)) +
		l.Say("%d replications of each variant on common luck, seed %d", plan.Replications, plan.Seed)
}

// The page, its looks and its script. The page is one file and asks for no other.
var (
	//go:embed report.html
	pageSource string
	//go:embed report.css
	pageStyle template.CSS
	//go:embed report.js
	pageScript template.JS
)

// pagePolicy lets a browser run the page's own script and load nothing.
func pagePolicy() string {
	hash := sha256.Sum256([]byte(pageScript))
	return "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
}

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"cell": pageCellOf, "policy": pagePolicy, "say": tell.Language{}.Say, "english": englishIn(tell.Language{}), "tied": tied,
	"style":  func() template.CSS { return pageStyle },
	"script": func() template.JS { return pageScript },
}).Parse(pageSource))

// pageIn is the template of pages in a language.
func pageIn(l tell.Language) *template.Template {
	return template.Must(pageTemplate.Clone()).Funcs(template.FuncMap{"say": l.Say, "english": englishIn(l)})
}

// englishIn makes the attribute of a text that a page in a language says in English, for
// want of a phrase; "" where it has one.
func englishIn(l tell.Language) func(text string) template.HTMLAttr {
	return func(text string) template.HTMLAttr {
		if l.Foreign() && l.Say(text) == text {
			return `lang="en"`
		}
		return ""
	}
}

// page is what report.html shows. It holds nothing that depends on when or
// where it was made, but for the line that says so.
type page struct {
	*document
	Lang       string // code
	Lead       *pageFigure
	Groups     []figureGroup // of all other figures
	Facts      [][2]string
	OfScenario bool // and then what of it is no default:
	Changed    []changed
	Off        []string
	Shown      string      // what Source is
	Source     string      // resolved TOML
	Data       [][2]string // file, what is in it
}

// IsMain says whether a line of the verdict is written large: one of the first, if it is short.
func (p *page) IsMain(line int) bool {
	return line < 2 && utf8.RuneCountInString(p.Verdict[line]) <= 320
}

type pageFigure struct {
	*plots.Figure
	SVG    template.HTML
	Narrow template.HTML // the same for a telephone; "": none
}

// pageCell is a cell with its sign apart, so that numbers stand in line whether
// they bear one or not. Sign is "~" or "*", or " " where others of the column may
// have one, or nothing.
type pageCell struct{ Text, Sign string }

func pageCellOf(text string) pageCell {
	c := pageCell{Text: strings.TrimSpace(text)}
	for _, sign := range []string{"~", "*"} {
		if number, ok := strings.CutSuffix(c.Text, " "+sign); ok {
			return pageCell{strings.TrimSpace(number), sign}
		}
	}
	if strings.HasSuffix(text, "  ") {
		c.Sign = " "
	}
	return c
}

// Best says whether the cell is marked as the best of its row.
func (c pageCell) Best() bool { return c.Sign == "*" }

// changed is a parameter that is not at its default.
type changed struct {
	*sim.Parameter
	Value, Default, Unit string // for people
}

// pageOf fills in the page.
func (r *Results) pageOf(d *document, figures []pageFigure) *page {
	l, of := r.settings.Language, &r.subject
	p := &page{document: d, Lang: l.Code(), Shown: of.shown, Source: string(of.files[0].Data), Data: r.filesBeside(d.files), OfScenario: of.scenario != nil}
	p.Lead, p.Groups = grouped(l, figures)
	if p.OfScenario {
		p.Changed, p.Off = changedOf(l, &of.scenario.Params), of.scenario.Off
	}
	facts := [][2]string{
		{tell.Phrase("Program"), "epgsim " + r.program.Version},
		{tell.Phrase("Command"), "epgsim " + strings.Join(r.program.Args, " ")},
		{tell.Phrase("Seed"), fmt.Sprint(r.settings.Seed)},
		{tell.Phrase("Replications"), l.Say(of.times, r.settings.Replications)},
		{tell.Capital(of.of), of.Name},
		{tell.Capital(of.of) + " hash", of.Hash},
		{tell.Phrase("Model hash"), r.program.Model},
		{tell.Phrase("Made"), r.started.Format(time.DateTime) + " UTC"},
	}
	p.Facts = append(facts, d.Facts...)
	return p
}

// changedOf are the parameters that are not at their defaults.
func changedOf(l tell.Language, p *sim.Params) (out []changed) {
	for i := range sim.Table {
		q := &sim.Table[i]
		if v := q.In(p); v != q.Default {
			out = append(out, changed{q, l.Number(tell.Value(q, v)), l.Number(tell.Value(q, q.Default)), l.Say(sim.UnitText(q.Unit))})
		}
	}
	return out
}

// filesBeside says what lies beside the page.
func (r *Results) filesBeside(files []file) (list [][2]string) {
	for _, f := range files {
		if f.table {
			f.name += r.settings.endings()
		}
		list = append(list, [2]string{f.name, f.doc})
	}
	return append(list, [2]string{"figures/", tell.Phrase("every figure as SVG and PNG")},
		[2]string{r.subject.files[0].Path, r.subject.beside},
		[2]string{store.ManifestName, tell.Phrase("versions, hashes, command, columns with units")})
}

// commonMethod is what every report says about the model.
var commonMethod = []string{
	tell.Phrase("The model simulates a group week by week: SMEs with hours, workload, commitment and trust in each other, an export manager with a budget of hours, and customers from the first contact over trust, offer and negotiation to the deal and repeat orders. An organisational form is nothing but a mix of three kinds of opportunities the group goes after (one SME alone, some SMEs for a joint customer, a hub with its suppliers for a whole system); no rule knows which form a group has."),
	tell.Phrase("The studies behind it are qualitative: they give signs, orders and shapes, never sizes. Almost every number is therefore an assumption, and says so where it is listed. Read differences between variants, not absolute amounts; read shapes, not decimals."),
	tell.Phrase("Every variant meets the same luck: the same SMEs, the same busy weeks, the same n-th customer. Intervals are 95 % intervals of the mean over replications. They cover the luck of the draw, not the uncertainty of the assumptions."),
}

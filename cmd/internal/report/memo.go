package report

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim/analysis"
)

// caveat is what no number of a comparison says.
const caveat = "The numbers say what follows from the assumptions. Luck is covered by the intervals; the assumptions are not."

// leadFigure is the figure beside the verdict; where it is not drawn, the first is.
const leadFigure = "headline"

// figureGroup is a section of figures.
type figureGroup struct {
	ID, Title string
	Figures   []pageFigure
}

// figureGroups are the sections, in order, and how the names of their figures begin.
// The last has the others.
var figureGroups = []struct {
	id, title string
	names     []string
}{
	{"stopping", tell.Phrase("What stopping loses, and what it is worth"), []string{"headline", "per-euro", "periods-by-form", "sales-over-time", "stranded"}},
	{"time", tell.Phrase("Where the time goes"), []string{"stages", "deals-over-time", "manager-hours"}},
	{"group", tell.Phrase("The group"), []string{"run-overview", "distribution", "trust", "cooperation", "results-per-sme", "scorecard", "group-network", "best-form"}},
	{"figures", tell.Phrase("Figures"), []string{""}},
}

// grouped divides figures into the one beside the verdict, nil where there are none,
// and sections, of which none is empty.
func grouped(l tell.Language, figures []pageFigure) (lead *pageFigure, groups []figureGroup) {
	if len(figures) == 0 {
		return nil, nil
	}
	first := max(0, slices.IndexFunc(figures, func(f pageFigure) bool { return f.Name == leadFigure }))
	placed := make([]bool, len(figures))
	placed[first] = true
	for _, g := range figureGroups {
		group := figureGroup{ID: g.id, Title: l.Say(g.title)}
		for k, f := range figures {
			if !placed[k] && slices.ContainsFunc(g.names, func(name string) bool { return strings.HasPrefix(f.Name, name) }) {
				group.Figures, placed[k] = append(group.Figures, f), true
			}
		}
		if len(group.Figures) > 0 {
			groups = append(groups, group)
		}
	}
	return &figures[first], groups
}

// narrowLead draws the figure beside the verdict for a telephone too, where it is one
// that has a layout for that.
func (p *page) narrowLead() error {
	if p.Lead == nil || p.Lead.Name != leadFigure {
		return nil
	}
	f := p.Lead.Figure.At(plots.Column)
	f.Name += "-narrow" // of its ids
	svg, err := f.SVG()
	p.Lead.Narrow = template.HTML(svg) //nolint:gosec // our own drawing
	return err
}

// putFirst moves a table of the page beside the verdict.
func (d *document) putFirst(k int) {
	key := d.Tables[k]
	d.Key, d.Tables = &key, slices.Delete(slices.Clone(d.Tables), k, k+1)
}

// compared says in a line what was compared: variants, project periods, and up to when.
func (w *words) compared() string {
	var names []string
	for v := range w.c.Variants {
		names = append(names, w.name(v))
	}
	what := strings.Join(names, ", ")
	if len(names) > 5 {
		what = w.Say("%d variants", len(names))
	}
	n, ends := w.c.Plan.Replications, w.c.Years[:w.c.GoesOn()]
	if len(ends) == 0 {
		return w.Say("Compared: %s; sales counted up to year %s; %d replications of each, on the same luck", what, w.horizon(), n)
	}
	return w.Say("Compared: %s; projects that end with year %s or go on; sales counted up to year %s; %d replications of each, on the same luck",
		what, w.yearList(ends), w.horizon(), n)
}

// yearList is a list of numbers of years.
func (w *words) yearList(years []float64) string {
	var list []string
	for _, y := range years {
		list = append(list, w.Number(fmt.Sprintf("%g", math.Round(y*100)/100)))
	}
	return strings.Join(list, ", ")
}

// Sorts says whether the rows of a table can be put in another order.
func (t *table) Sorts() bool { return !t.mixed && len(t.Rows) > 2 }

// IsText says whether a column holds words, which are not written like numbers.
func (t *table) IsText(column int) bool {
	numbers := 0
	for _, row := range t.Rows {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(row[column], "+"+analysis.Minus))
		if unicode.IsDigit(first) || strings.TrimSpace(row[column]) == "–" {
			numbers++
		}
	}
	return 2*numbers < len(t.Rows)
}

// tied is a sentence whose numbers are not parted from their units at the end of a line.
func tied(sentence string) string { return units.Replace(sentence) }

var units = strings.NewReplacer(" k€", "\u00a0k€", " €", "\u00a0€", " %", "\u00a0%")

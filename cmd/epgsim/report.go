package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

//go:embed report.html
var reportSource string

var reportTemplate = template.Must(template.New("report").Parse(reportSource))

// page is what report.html shows. It holds nothing that depends on when or
// where it was made, but for the line that says so.
type page struct {
	Title, Subtitle, Description string
	Verdict                      []string
	Figures                      []pageFigure
	Tables                       []pageTable
	Method                       []string
	Changed                      []changed
	Off                          []string
	Scenario                     string // resolved TOML
	Facts                        [][2]string
	Data                         [][2]string // file, what is in it
}

type pageFigure struct {
	Name, Title, Caption, Alt string
	SVG                       template.HTML
}

// pageTable is a table whose cells know their sign apart, so that numbers
// stand in line whether they bear one or not.
type pageTable struct {
	Title, Note string
	Header      []pageCell
	Rows        [][]pageCell
}

// pageCell is a cell; Sign is "~", or " " where others of the column may have
// one, or nothing.
type pageCell struct{ Text, Sign string }

func pageCells(row []string) []pageCell {
	var cells []pageCell
	for _, s := range row {
		c := pageCell{Text: strings.TrimSpace(s)}
		if text, ok := strings.CutSuffix(c.Text, "~"); ok {
			c = pageCell{strings.TrimSpace(text), "~"}
		} else if strings.HasSuffix(s, "  ") {
			c.Sign = " "
		}
		cells = append(cells, c)
	}
	return cells
}

func pageTables(ts []table) []pageTable {
	var out []pageTable
	for _, t := range ts {
		p := pageTable{Title: t.Title, Note: t.Note, Header: pageCells(t.Header)}
		for _, row := range t.Rows {
			p.Rows = append(p.Rows, pageCells(row))
		}
		out = append(out, p)
	}
	return out
}

// changed is a parameter that is not at its default.
type changed struct {
	Name, Value, Default, Unit, Doc, Source string
}

// page collects what both kinds of report have in common.
func (out *output) page(command string, verdict []string, tables []table, figures []*plots.Figure, svgs map[string][]byte) *page {
	s, o := out.scenario, out.options
	p := &page{Title: s.Title, Subtitle: fmt.Sprintf("%s · %s", s.Name, map[string]string{
		"compare": "organisational forms and project periods compared", "run": "one scenario, many replications"}[command]),
		Description: s.Description, Verdict: verdict, Tables: pageTables(tables), Scenario: string(s.TOML()), Off: s.Off}
	for _, f := range figures {
		p.Figures = append(p.Figures, pageFigure{Name: f.Name, Title: f.Title, Caption: f.Caption, Alt: f.Alt, SVG: template.HTML(svgs[f.Name])}) //nolint:gosec // our own drawing
	}
	for i := range sim.Table {
		q := &sim.Table[i]
		if v := q.In(&s.Params); v != q.Default {
			p.Changed = append(p.Changed, changed{q.Name, tell.Value(q, v), tell.Value(q, q.Default), sim.UnitText(q.Unit), q.Doc, q.Source})
		}
	}
	of := out.app.maker()
	p.Facts = [][2]string{
		{"Program", "epgsim " + of.version},
		{"Command", "epgsim " + strings.Join(out.app.args, " ")},
		{"Seed", fmt.Sprint(o.seed)},
		{"Replications", fmt.Sprintf("%d of each variant", o.replications)},
		{"Scenario", s.Name},
		{"Scenario hash", s.Hash()},
		{"Model hash", of.model},
		{"Made", out.started.Format(time.DateTime) + " UTC"},
	}
	p.Data = out.dataFiles()
	return p
}

// dataFiles says what lies beside the report.
func (out *output) dataFiles() [][2]string {
	ext := out.options.endings()
	files := [][2]string{}
	for _, t := range []struct{ name, doc string }{
		{"replications", "one row per variant, project period and replication, all outcomes"},
		{"smes", "one row per SME of each replication"},
		{"weekly", "weekly quantities: mean, its interval and quantiles over replications"},
		{"series", "weekly quantities of single replications"},
	} {
		if t.name != "series" || out.series != nil {
			files = append(files, [2]string{t.name + ext, t.doc})
		}
	}
	return append(files, [2]string{"figures/", "every figure as SVG and PNG"},
		[2]string{scenarioFile, "the scenario as it was run; runs again to the same bytes"},
		[2]string{store.ManifestName, "versions, hashes, command, columns with units"})
}

// endings are those of the data files asked for, as words.
func (o *options) endings() string {
	return map[string]string{"both": ".csv and .parquet", "csv": ".csv", "parquet": ".parquet"}[o.format.value]
}

// write renders the page to a file.
func (out *output) write(name string, p *page) error {
	var b bytes.Buffer
	if err := reportTemplate.Execute(&b, p); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return out.dir.WriteFile(name, b.Bytes())
}

// commonMethod is what every report says about the model.
var commonMethod = []string{
	"The model simulates a group week by week: SMEs with hours, workload, commitment and trust in each other, an export manager with a budget of hours, and customers from the first contact over trust, offer and negotiation to the deal and repeat orders. An organisational form is nothing but a mix of three kinds of opportunities the group goes after (one SME alone, some SMEs for a joint customer, a hub with its suppliers for a whole system); no rule knows which form a group has.",
	"The studies behind it are qualitative: they give signs, orders and shapes, never sizes. Almost every number is therefore an assumption, and says so where it is listed. Read differences between variants, not absolute amounts; read shapes, not decimals.",
	"Every variant meets the same luck: the same SMEs, the same busy weeks, the same n-th customer. Intervals are 95 % intervals of the mean over replications. They cover the luck of the draw, not the uncertainty of the assumptions.",
}

// explainComparison adds how a comparison was made.
func (p *page) explainComparison(c *experiment.Comparison, best *experiment.BestMap) {
	var years []string
	for _, y := range c.Years {
		years = append(years, fmt.Sprintf("%g", y))
	}
	p.Method = append(slices.Clone(commonMethod), fmt.Sprintf("Each variant ran with project periods of %s years, followed by %g years without public funding, %d times each. “Closed by the end of year t” is read off the longest project, of which a shorter one is exactly the beginning.",
		strings.Join(years, ", "), c.Variants[0].Params.Project.FollowUp, c.Plan.Replications))
	p.Method = append(p.Method, "“Best” and “not told apart” rest on paired differences between variants over replications, corrected for comparing several pairs. The captions below the figures go by the intervals the figures show, which leave out that the variants share their luck, and so tell less apart than the verdict does.")
	if best != nil {
		p.Method = append(p.Method, fmt.Sprintf("The map of the best form generated %d groups over a grid of technology and similarity, ran each under the three pure forms, and sorted them by how complementary their members really turned out; fields with fewer than eight groups, or in which no form closes anything, are empty.", best.Groups))
	}
}

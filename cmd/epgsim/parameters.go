package main

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
)

func (a *app) parameters() *cobra.Command {
	format := oneOf("text", "csv", "json")
	role := oneOf("all", "lever", "uncertainty", "constant")
	grade := oneOf("all", "guess", "interview", "literature", "data")
	cmd := &cobra.Command{
		Use:   "parameters [WORD]",
		Short: "List every number of the model: meaning, unit, range, default, evidence, source",
		Long: `parameters lists every number of the model. Levers are what people choose,
uncertainties what nobody knows well, constants what is fixed for comparability;
all may be set in a scenario file or with --set. The evidence behind each is graded:
a guess; named in interviews; in the literature (of all three the size is assumed); set by
data. With WORD, only those whose
name, label or meaning has it. At the end stand the mechanisms, parts of the model
that may be switched off.`,
		Example: `  epgsim parameters trust
  epgsim parameters --role uncertainty --evidence guess`,
		Args: arguments(0, 1, "WORD", ""),
		RunE: func(_ *cobra.Command, args []string) error {
			word := strings.Join(args, "")
			chosen := chooseParameters(word, role.value, grade.value)
			var off []sim.Mechanism
			if role.value == "all" && grade.value == "all" { // they have none
				off = chooseMechanisms(word)
			}
			if len(chosen)+len(off) == 0 {
				return usagef("no parameter's name, label or meaning has %q; 'epgsim parameters' lists them all", word)
			}
			if format.value == "text" {
				a.tellParameters(chosen)
				a.tellMechanisms(off)
				return nil
			}
			rows := parameterRows(chosen)
			if len(off) > 0 {
				rows = append(rows, mechanismsRow(off))
			}
			return a.printParameters(rows, format.value)
		},
	}
	format.add(cmd, "format", "text, csv or json")
	role.add(cmd, "role", "only lever, uncertainty or constant")
	grade.add(cmd, "evidence", "only what is backed by a guess, interview, literature or data")
	return cmd
}

func chooseParameters(word, role, grade string) []*sim.Parameter {
	var chosen []*sim.Parameter
	word = strings.ToLower(word)
	for i := range sim.Table {
		q := &sim.Table[i]
		if (role == "all" || q.Role.String() == role) && (grade == "all" || q.Grade.String() == grade) &&
			strings.Contains(strings.ToLower(q.Name+"\n"+q.Label+"\n"+q.Doc), word) {
			chosen = append(chosen, q)
		}
	}
	return chosen
}

// The list of mechanisms that are switched off is set as a parameter is, but is
// no number.
const (
	mechanismsKey   = "mechanisms_off"
	mechanismsLabel = "mechanisms switched off"
	mechanismsDoc   = "parts of the model that are switched off, to see what they do; a list of their names"
)

// chooseMechanisms are those whose name or meaning has a word; all, where that of
// the list has it.
func chooseMechanisms(word string) (chosen []sim.Mechanism) {
	has := func(texts ...string) bool {
		return strings.Contains(strings.ToLower(strings.Join(texts, "\n")), strings.ToLower(word))
	}
	if has(mechanismsKey, mechanismsLabel, mechanismsDoc) {
		return sim.Mechanisms
	}
	for _, m := range sim.Mechanisms {
		if has(m.Name, m.Doc) {
			chosen = append(chosen, m)
		}
	}
	return chosen
}

// parameterRow is a parameter for programs. What is no number has no range.
type parameterRow struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Unit    string   `json:"unit"`
	Min     *float64 `json:"min"`
	Max     *float64 `json:"max"`
	Default *float64 `json:"default"`
	Low     *float64 `json:"low"`
	High    *float64 `json:"high"`
	Role    string   `json:"role"`
	Type    string   `json:"type"`
	Grade   string   `json:"evidence"`
	Source  string   `json:"source"`
	Doc     string   `json:"doc"`
}

func parameterRows(chosen []*sim.Parameter) (rows []parameterRow) {
	for _, q := range chosen {
		rows = append(rows, parameterRow{q.Name, q.Label, q.Unit, &q.Min, &q.Max, &q.Default, &q.Low, &q.High, q.Role.String(),
			[...]string{"real", "whole", "switch"}[q.Type], q.Grade.String(), q.Source, q.Doc})
	}
	return rows
}

func mechanismsRow(chosen []sim.Mechanism) parameterRow {
	row := parameterRow{Name: mechanismsKey, Label: mechanismsLabel, Type: "list", Doc: mechanismsDoc}
	for _, m := range chosen {
		row.Doc += "; " + m.Name + ": " + m.Doc
	}
	return row
}

func (a *app) printParameters(rows []parameterRow, format string) error {
	if format == "json" {
		return a.json(rows)
	}
	w := csv.NewWriter(a.out)
	_ = w.Write([]string{"name", "label", "unit", "min", "max", "default", "low", "high", "role", "type", "evidence", "source", "doc"})
	for _, r := range rows {
		record := []string{r.Name, r.Label, r.Unit}
		for _, v := range []*float64{r.Min, r.Max, r.Default, r.Low, r.High} {
			text := ""
			if v != nil {
				text = fmt.Sprint(*v)
			}
			record = append(record, text)
		}
		_ = w.Write(append(record, r.Role, r.Type, r.Grade, r.Source, r.Doc))
	}
	w.Flush()
	return w.Error()
}

func (a *app) tellParameters(chosen []*sim.Parameter) {
	section := ""
	for _, q := range chosen {
		if s, _, _ := strings.Cut(q.Name, "."); s != section {
			section = s
			fmt.Fprintf(a.out, "\n[%s]\n", section)
		}
		fmt.Fprintf(a.out, "%-30s %-12s %s\n", q.Name, tell.Value(q, q.Default)+" "+sim.UnitText(q.Unit), parameterNote(q))
		fmt.Fprintln(a.out, tell.Wrap("    "+tell.Capital(q.Label)+": "+q.Doc+".", 100, "    "))
	}
}

func (a *app) tellMechanisms(chosen []sim.Mechanism) {
	if len(chosen) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\n%-30s %-12s %s\n%s\n", mechanismsKey, "[]", `a list, such as ["`+chosen[0].Name+`"]`,
		tell.Wrap("    "+tell.Capital(mechanismsLabel)+": "+mechanismsDoc+":", 100, "    "))
	for _, m := range chosen {
		fmt.Fprintln(a.out, tell.Wrap("    "+m.Name+": "+m.Doc, 100, "      "))
	}
}

// parameterNote is a parameter's range, role, evidence and source.
func parameterNote(q *sim.Parameter) string {
	text := fmt.Sprintf("allowed %g to %g", q.Min, q.Max)
	if q.Type == sim.Switch {
		text = "true or false"
	}
	if q.Low < q.High {
		text += fmt.Sprintf(", plausible %g to %g", q.Low, q.High)
	}
	return fmt.Sprintf("%s; %s; %s: %s", text, q.Role, q.Grade, q.Source)
}

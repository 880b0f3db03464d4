package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/cluster"
	"epgsim/sim/experiment"
)

func (a *app) sweepK8s() *cobra.Command {
	o, j := &sweepOptions{}, &cluster.K8s{Version: version}
	cmd := &cobra.Command{
		Use:   "k8s DESIGN",
		Short: "Print a sweep as an Indexed Job for Kubernetes",
		Long: `k8s prints one YAML document for kubectl apply: the design, an Indexed Job whose
pods each run a share of the sweep, and a suspended Job that merges. The head of
the document says how to use it.`,
		Example: `  epgsim sweep k8s focus-by-years --image registry.example.org/epgsim:0.1 --tasks 4
  epgsim sweep k8s focus-by-years --image epgsim --tasks 4 --claim results --namespace lab`,
		Args:              designs.demand(),
		ValidArgsFunction: designs.complete(),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			if err := a.fillK8s(j, s, o); err != nil {
				return err
			}
			return j.Print(a.out)
		},
	}
	o.addDesign(cmd)
	f := cmd.Flags()
	f.Lookup("out").Usage = "directory of the data set on the volume (default DESIGN-sweep)"
	f.StringVar(&j.Image, "image", "", "container image with epgsim and a shell")
	f.IntVar(&j.Tasks, "tasks", 0, "pods, each with a share of the sweep")
	f.StringVar(&j.Claim, "claim", "epgsim", "persistent volume claim for the data set; all nodes must be able to write to it")
	f.IntVar(&j.CPUs, "cpus", 1, "processors and workers of a pod")
	f.StringVar(&j.Memory, "memory", "512Mi", "memory of a pod")
	f.StringVar(&j.Namespace, "namespace", "", "namespace of all that is made (default that of kubectl)")
	return cmd
}

// fillK8s fills in what is no flag, and checks the flags.
func (a *app) fillK8s(j *cluster.K8s, s *experiment.Sweep, o *sweepOptions) error {
	head, _, err := a.sweepHead(s, o.replications)
	if err != nil {
		return err
	}
	d := s.Design
	j.Title, j.Out = d.Name, cmp.Or(o.out, d.Name+"-sweep")
	j.Runs, j.Replications = head.Runs(), head.Replications
	j.DesignTOML, j.ScenarioTOML, j.DesignHash = string(d.TOML()), string(d.Scenario.TOML()), d.Hash()
	if err := j.Check(); err != nil {
		return usageError{err}
	}
	if most := min(head.Parts(), cluster.MostK8sTasks); j.Tasks < 1 || j.Tasks > most {
		return usagef("--tasks = %d: must be within 1..%d", j.Tasks, most)
	}
	return nil
}

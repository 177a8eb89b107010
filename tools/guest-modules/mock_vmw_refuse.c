// SPDX-License-Identifier: GPL-2.0
/* Refuse what the test has written to the file "refuse" in debugfs. */
#include <linux/fs.h>
#include <linux/irqflags.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

#include "mock_vmw.h"

/*
 * Several CPUs issue commands. A probe is a trap that can occur anywhere, like an NMI,
 * so lockdep does not let it share a lock with other code. Here sharing is safe: the
 * holder disables interrupts and does not hit the probe. So use a lock that lockdep
 * does not check.
 */
static arch_spinlock_t host_spinlock = __ARCH_SPIN_LOCK_UNLOCKED;

unsigned long host_lock(void)
{
	unsigned long flags;

	local_irq_save(flags);
	arch_spin_lock(&host_spinlock);
	return flags;
}

void host_unlock(unsigned long flags)
{
	arch_spin_unlock(&host_spinlock);
	local_irq_restore(flags);
}

static const char * const refusal_names[NR_REFUSALS] = {
	[REFUSE_LOCK]	= "lock",
	[REFUSE_UNLOCK]	= "unlock",
	[REFUSE_RESET]	= "reset",
};

/* Let @skip pass, then answer @status @count times. */
struct refusal {
	unsigned long skip;
	unsigned long count;
	unsigned int status;
};

static struct refusal refusals[NR_REFUSALS];

enum host_status refuse_next(enum host_refusal what)
{
	struct refusal *refusal = &refusals[what];

	if (!refusal->count)
		return STATUS_SUCCESS;
	if (refusal->skip) {
		refusal->skip--;
		return STATUS_SUCCESS;
	}
	refusal->count--;
	return refusal->status;
}

/* Show the refusals that have not happened yet. */
static int refuse_show(struct seq_file *file, void *unused)
{
	unsigned long flags = host_lock();
	int i;

	for (i = 0; i < NR_REFUSALS; i++)
		if (refusals[i].count)
			seq_printf(file, "%s %lu %u %lu\n", refusal_names[i],
				   refusals[i].skip + 1,
				   refusals[i].status,
				   refusals[i].count);
	host_unlock(flags);
	return 0;
}

static int refuse_open(struct inode *inode, struct file *file)
{
	return single_open(file, refuse_show, NULL);
}

static int refuse_parse(const char *text, struct refusal *refusal)
{
	unsigned long nth, count = 1;
	char name[8];
	int i, words;

	words = sscanf(text, "%7s %lu %u %lu", name, &nth, &refusal->status,
		       &count);
	if (words < 1)
		return -EINVAL;
	i = match_string(refusal_names, NR_REFUSALS, name);
	if (i == REFUSE_RESET && words == 2)
		refusal->status = STATUS_RESET;
	else if (i < 0 || i == REFUSE_RESET || words < 3)
		return -EINVAL;
	if (!nth || !refusal->status || refusal->status > STATUS_LAST)
		return -EINVAL;
	refusal->skip = nth - 1;
	refusal->count = count;
	return i;
}

static ssize_t refuse_write(struct file *file, const char __user *data,
			    size_t len, loff_t *pos)
{
	struct refusal refusal;
	unsigned long flags;
	char text[64];
	int i;

	if (len >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, data, len))
		return -EFAULT;
	text[len] = '\0';
	if (sysfs_streq(text, "none")) {
		flags = host_lock();
		memset(refusals, 0, sizeof(refusals));
		host_unlock(flags);
		return len;
	}
	i = refuse_parse(text, &refusal);
	if (i < 0)
		return i;
	flags = host_lock();
	refusals[i] = refusal;
	host_unlock(flags);
	return len;
}

const struct file_operations refuse_fops = {
	.owner = THIS_MODULE,
	.open = refuse_open,
	.read = seq_read,
	.write = refuse_write,
	.llseek = seq_lseek,
	.release = single_release,
};
